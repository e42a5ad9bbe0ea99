package io.weighbridge.app.zoo.demo;

import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Reorders hidden channels and scales them by powers between ½ and 2, each compensated in the next layer, so that the network computes
 * the same function from other numbers.
 */
record PermutedAndRescaled(long seed) implements Rewrite {

    @Override
    public MultiLayerNetwork apply(MultiLayerNetwork original) {
        var copy = original.clone();
        var layers = WeightedLayer.of(copy);
        var random = new Random(seed);
        for (int i = 0; i + 1 < layers.size(); i++) rescale(layers.get(i), layers.get(i + 1), random);
        int[] order = {};
        for (int i = 0; i + 1 < layers.size(); i++) {
            var layer = layers.get(i);
            // A depthwise layer hands its input order on, and was reordered together with the layer before it.
            if (!layer.isDepthwise()) {
                order = randomOrder(layer.outputs(), random);
                reorderOutputs(layer, order);
            }
            reorderInputs(layers.get(i + 1), order);
        }
        return copy;
    }

    private static void reorderOutputs(WeightedLayer layer, int[] order) {
        layer.outputWeights().forEach(axis -> axis.reorder(order));
        layer.normWeights("gamma", "beta", "mean", "var").forEach(axis -> axis.reorder(order));
    }

    private static void reorderInputs(WeightedLayer next, int[] order) {
        if (next.isDepthwise()) reorderOutputs(next, order);
        else next.inputWeights(order.length).reorder(order);
    }

    private static void rescale(WeightedLayer layer, WeightedLayer next, Random random) {
        double[] factors = randomFactors(layer.outputs(), random);
        if (layer.norm("gamma").isPresent()) {
            rescaleBelowNorm(layer, randomFactors(layer.outputs(), random));
            layer.normWeights("gamma", "beta").forEach(axis -> axis.scale(factors));
        } else {
            layer.outputWeights().forEach(axis -> axis.scale(factors));
        }
        next.inputWeights(factors.length).scale(inverse(factors));
    }

    /** Scales a kernel and the statistics of its batch norm, so that the variance plus epsilon scales exactly. */
    private static void rescaleBelowNorm(WeightedLayer layer, double[] factors) {
        layer.outputWeights().forEach(axis -> axis.scale(factors));
        layer.normWeights("mean").forEach(axis -> axis.scale(factors));
        var variance = layer.norm("var").orElseThrow();
        double epsilon = layer.normEpsilon();
        for (int i = 0; i < factors.length; i++)
            variance.putScalar(i, factors[i] * factors[i] * (variance.getDouble(i) + epsilon) - epsilon);
    }

    private static double[] inverse(double[] factors) {
        var inverse = new double[factors.length];
        for (int i = 0; i < factors.length; i++) inverse[i] = 1 / factors[i];
        return inverse;
    }

    private static double[] randomFactors(int count, Random random) {
        var factors = new double[count];
        for (int i = 0; i < count; i++) factors[i] = StrictMath.pow(2, 2 * random.nextDouble() - 1);
        return factors;
    }

    private static int[] randomOrder(int count, Random random) {
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
