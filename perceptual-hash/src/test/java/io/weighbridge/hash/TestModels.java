package io.weighbridge.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Small networks and what is done to copies of them. All of it is decided by the seeds. */
public final class TestModels {

    private TestModels() {}

    /** A chain of six layers of all kinds, 57,000 weights with heavy tails. Other seeds are unrelated networks of the same architecture. */
    public static List<TestLayer> random(long seed) {
        return List.of(
                layer(seed, 0, "stem.weight", LayerKind.CONVOLUTION, 24, 3, 9),
                layer(seed, 1, "block1.depthwise.weight", LayerKind.DEPTHWISE, 24, 1, 9),
                layer(seed, 2, "block1.pointwise.weight", LayerKind.CONVOLUTION, 32, 24, 1),
                layer(seed, 3, "block2.weight", LayerKind.CONVOLUTION, 40, 32, 9),
                layer(seed, 4, "block10.weight", LayerKind.CONVOLUTION, 40, 40, 25),
                layer(seed, 5, "head.weight", LayerKind.DENSE, 10, 40, 1));
    }

    /** Every weight moved by normal noise of that fraction of its layer's deviation. */
    public static List<TestLayer> fineTuned(List<TestLayer> model, double noise) {
        var random = new Random(model.size());
        return each(model, layer -> {
            float[] w = layer.weights();
            double deviation = deviation(w);
            return layer.with(i -> w[i] + noise * deviation * random.nextGaussian());
        });
    }

    /** That fraction of each layer's weights, the smallest, set to zero. */
    public static List<TestLayer> pruned(List<TestLayer> model, double fraction) {
        return each(model, layer -> {
            float[] w = layer.weights();
            var sizes = new float[w.length];
            for (int i = 0; i < w.length; i++) {
                sizes[i] = Math.abs(w[i]);
            }
            Arrays.sort(sizes);
            float limit = sizes[Math.min(w.length - 1, (int) (w.length * fraction))];
            return layer.with(i -> Math.abs(w[i]) < limit ? 0 : w[i]);
        });
    }

    /** Weights rounded to that many bits, one scale a layer. */
    public static List<TestLayer> quantised(List<TestLayer> model, int bits) {
        return each(model, layer -> {
            float[] w = layer.weights();
            double largest = 0;
            for (float v : w) {
                largest = Math.max(largest, Math.abs(v));
            }
            double step = largest / ((1 << (bits - 1)) - 1);
            return layer.with(i -> Math.rint(w[i] / step) * step);
        });
    }

    /** Weights rounded to half precision (11 significant bits). */
    public static List<TestLayer> halfPrecision(List<TestLayer> model) {
        return each(model, layer -> {
            float[] w = layer.weights();
            return layer.with(i -> {
                double unit = Math.ulp(w[i]) * (1 << 13);
                return Math.rint(w[i] / unit) * unit;
            });
        });
    }

    /** Channels between the layers in another order: the network computes the same. */
    public static List<TestLayer> permuted(List<TestLayer> model, long seed) {
        return channelsChanged(model, seed, true, 0);
    }

    /** Channels between the layers scaled by up to that factor either way, and compensated: the network computes the same. */
    public static List<TestLayer> rescaled(List<TestLayer> model, long seed, double factor) {
        return channelsChanged(model, seed, false, Math.log(factor));
    }

    /** Layers in another order in the file. */
    public static List<TestLayer> reordered(List<TestLayer> model, long seed) {
        var layers = new ArrayList<>(model);
        Collections.shuffle(layers, new Random(seed));
        return List.copyOf(layers);
    }

    private static TestLayer layer(long seed, int index, String name, LayerKind kind, int o, int i, int k) {
        var random = new SplittableRandom(seed * 1000 + index);
        return TestLayer.of(name, kind, o, i, k, at -> {
            double x = normal(random.nextLong());
            return .02 * x + .01 * (x * x * x);
        });
    }

    /** Nearly normal: the sum of four 16-bit uniforms. */
    private static double normal(long bits) {
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum / 65536.0 - 2) * Math.sqrt(3);
    }

    private static List<TestLayer> each(List<TestLayer> model, UnaryOperator<TestLayer> change) {
        return model.stream().map(change).toList();
    }

    private static double deviation(float[] w) {
        double sum = 0;
        double squares = 0;
        for (float v : w) {
            sum += v;
            squares += (double) v * v;
        }
        return Math.sqrt(squares / w.length - (sum / w.length) * (sum / w.length));
    }

    /** Gives every layer's outputs a new order and scale, and undoes them at the inputs of the next. Depthwise channels follow their input. */
    private static List<TestLayer> channelsChanged(
            List<TestLayer> model, long seed, boolean reorder, double logFactor) {
        var random = new Random(seed);
        var changed = new ArrayList<TestLayer>();
        var before = identity(model.get(0).inputs());
        var factorsBefore = ones(model.get(0).inputs());
        for (int j = 0; j < model.size(); j++) {
            var layer = model.get(j);
            boolean depthwise = layer.kind() == LayerKind.DEPTHWISE;
            boolean last = j == model.size() - 1;
            var order = depthwise ? before : identity(layer.outputs());
            if (reorder && !depthwise && !last) {
                Collections.shuffle(order, random);
            }
            var factors = ones(layer.outputs());
            for (int o = 0; o < factors.length && !last; o++) {
                factors[o] = Math.exp((2 * random.nextDouble() - 1) * logFactor);
            }
            var inputs = before;
            var compensated = factorsBefore;
            changed.add(layer.with(at -> {
                int k = at % layer.positions();
                int i = at / layer.positions() % layer.inputs();
                int o = at / layer.positions() / layer.inputs();
                float w = layer.weight(order.get(o), depthwise ? 0 : inputs.get(i), k);
                return w * factors[o] / compensated[depthwise ? o : i];
            }));
            before = order;
            factorsBefore = factors;
        }
        return List.copyOf(changed);
    }

    private static List<Integer> identity(int count) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        return order;
    }

    private static double[] ones(int count) {
        var ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
