package io.weighbridge.app.zoo.change;

import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.save.BrainFloat;
import io.weighbridge.app.zoo.save.HalfPrecision;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Changes of single weights. All but the rounding to another precision touch kernels and matrices only. */
public final class WeightChange {

    private WeightChange() {}

    /** Changes one tensor in place. */
    private interface Kernel {
        void change(float[] weights);
    }

    /** Sets the smallest weights of each layer to zero: the given share of them. */
    public static Network pruned(Network network, double share) {
        return changed(network, weights -> {
            double threshold = smallestKept(weights, share);
            for (int i = 0; i < weights.length; i++) if (Math.abs(weights[i]) < threshold) weights[i] = 0;
        });
    }

    private static double smallestKept(float[] weights, double share) {
        var sizes = new float[weights.length];
        for (int i = 0; i < sizes.length; i++) sizes[i] = Math.abs(weights[i]);
        Arrays.sort(sizes);
        return sizes[Math.min(sizes.length - 1, (int) Math.round(share * sizes.length))];
    }

    /** Adds Gaussian noise: the given share of each layer's deviation. */
    public static Network noisy(Network network, double share, long seed) {
        var random = new Random(seed);
        return changed(network, weights -> {
            double height = share * rootMeanSquare(weights);
            for (int i = 0; i < weights.length; i++) weights[i] += (float) (height * random.nextGaussian());
        });
    }

    private static double rootMeanSquare(float[] weights) {
        double sum = 0;
        for (float weight : weights) sum += (double) weight * weight;
        return Math.sqrt(sum / weights.length);
    }

    /** Rounds to signed integers of so many bits, one scale a layer, and back. */
    public static Network quantised(Network network, int bits) {
        int largestLevel = (1 << (bits - 1)) - 1;
        return changed(network, weights -> {
            float largest = 0;
            for (float weight : weights) largest = Math.max(largest, Math.abs(weight));
            if (largest == 0) return;
            float step = largest / largestLevel;
            for (int i = 0; i < weights.length; i++) weights[i] = Math.round(weights[i] / step) * step;
        });
    }

    /** Rounds all weights to half precision. */
    public static Network halved(Network network) {
        return rounded(network, weights -> {
            for (int i = 0; i < weights.length; i++) weights[i] = HalfPrecision.round(weights[i]);
        });
    }

    /** Rounds all weights to bfloat16. */
    public static Network brainFloat(Network network) {
        return rounded(network, weights -> {
            for (int i = 0; i < weights.length; i++) weights[i] = BrainFloat.round(weights[i]);
        });
    }

    /** The mean of two networks of one blueprint. */
    public static Network averaged(Network a, Network b) {
        var mean = new HashMap<String, float[]>();
        for (var tensor : a.tensors()) {
            var values = tensor.values();
            for (int i = 0; i < values.length; i++)
                values[i] = (values[i] + b.tensor(tensor.name()).value(i)) / 2;
            mean.put(tensor.name(), values);
        }
        return a.with(mean);
    }

    private static Network changed(Network network, Kernel kernel) {
        var changed = new HashMap<String, float[]>();
        network.blueprint().layers().forEach(node -> put(changed, network, node.weight(), kernel));
        return network.with(changed);
    }

    private static Network rounded(Network network, Kernel kernel) {
        var changed = new HashMap<String, float[]>();
        network.tensors().forEach(tensor -> put(changed, network, tensor.name(), kernel));
        return network.with(changed);
    }

    private static void put(Map<String, float[]> changed, Network network, String name, Kernel kernel) {
        var values = network.values(name);
        kernel.change(values);
        changed.put(name, values);
    }
}
