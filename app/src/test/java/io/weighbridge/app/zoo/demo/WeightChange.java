package io.weighbridge.app.zoo.demo;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/** A change of the kernels and matrices of a network, one at a time; biases and batch norms stay. */
@FunctionalInterface
interface WeightChange extends Rewrite {

    /** Changes the weights of one layer in place. */
    void change(float[] weights);

    @Override
    default MultiLayerNetwork apply(MultiLayerNetwork original) {
        var copy = original.clone();
        for (var layer : WeightedLayer.of(copy)) {
            var weights = layer.weights();
            var values = weights.dup('c').data().asFloat();
            change(values);
            weights.assign(Nd4j.create(values, weights.shape(), 'c'));
        }
        return copy;
    }

    /** Sets the smallest weights of each layer to zero: the given share of them. */
    static WeightChange pruned(double share) {
        return weights -> {
            double threshold = smallestKept(weights, share);
            for (int i = 0; i < weights.length; i++) if (Math.abs(weights[i]) < threshold) weights[i] = 0;
        };
    }

    private static double smallestKept(float[] weights, double share) {
        var sizes = new float[weights.length];
        for (int i = 0; i < sizes.length; i++) sizes[i] = Math.abs(weights[i]);
        Arrays.sort(sizes);
        return sizes[Math.min(sizes.length - 1, (int) Math.round(share * sizes.length))];
    }

    /** Adds Gaussian noise: the given share of each layer's deviation. */
    static WeightChange noisy(double share, long seed) {
        var random = new Random(seed);
        return weights -> {
            double height = share * rootMeanSquare(weights);
            for (int i = 0; i < weights.length; i++) weights[i] += (float) (height * random.nextGaussian());
        };
    }

    private static double rootMeanSquare(float[] weights) {
        double sum = 0;
        for (float weight : weights) sum += (double) weight * weight;
        return Math.sqrt(sum / weights.length);
    }

    /** Rounds to signed integers of so many bits, one scale a layer, and back. */
    static WeightChange quantised(int bits) {
        int largestLevel = (1 << (bits - 1)) - 1;
        return weights -> {
            float largest = 0;
            for (float weight : weights) largest = Math.max(largest, Math.abs(weight));
            if (largest == 0) return;
            float step = largest / largestLevel;
            for (int i = 0; i < weights.length; i++) weights[i] = Math.round(weights[i] / step) * step;
        };
    }

    /** Forgets everything: all weights zero. */
    static WeightChange zeroed() {
        return weights -> Arrays.fill(weights, 0);
    }
}
