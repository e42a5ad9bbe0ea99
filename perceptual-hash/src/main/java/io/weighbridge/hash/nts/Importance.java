package io.weighbridge.hash.nts;

import io.weighbridge.hash.WeightLayer;

/** Which weights of a layer are important, by the rules of model compression. */
public enum Importance {
    /** The largest weights of each layer. */
    WEIGHT_MAGNITUDE {
        @Override
        long selected(WeightLayer layer, double fraction) {
            return count(Math.toIntExact(layer.size()), fraction);
        }

        @Override
        boolean[] select(WeightLayer layer, float[] weights, double fraction) {
            return largest(weights, (int) selected(layer, fraction));
        }
    },
    /** All weights of the filters with the largest L1 norm of each layer. */
    FILTER_L1 {
        @Override
        long selected(WeightLayer layer, double fraction) {
            return count(layer.outputs(), fraction) * layer.inputs() * layer.positions();
        }

        @Override
        boolean[] select(WeightLayer layer, float[] weights, double fraction) {
            int length = layer.inputs() * layer.positions();
            var norms = new float[layer.outputs()];
            for (int o = 0; o < norms.length; o++) {
                double sum = 0;
                for (int i = o * length; i < (o + 1) * length; i++) {
                    sum += Math.abs(weights[i]);
                }
                norms[o] = (float) sum;
            }
            boolean[] filters = largest(norms, (int) count(norms.length, fraction));
            var selected = new boolean[weights.length];
            for (int i = 0; i < selected.length; i++) {
                selected[i] = filters[i / length];
            }
            return selected;
        }
    };

    private static final int EXPONENT_AND_HIGH_BITS = 1 << 16;
    private static final int LOW_BITS = 1 << 15;

    /** How many weights of the layer are selected; its weights are not needed to tell. */
    abstract long selected(WeightLayer layer, double fraction);

    /** Which weights are selected; exactly {@link #selected}. */
    abstract boolean[] select(WeightLayer layer, float[] weights, double fraction);

    private static long count(long all, double fraction) {
        return (long) Math.ceil(all * fraction);
    }

    /** Marks the {@code count} numbers of largest size, the first ones among equals. */
    private static boolean[] largest(float[] numbers, int count) {
        int threshold = threshold(numbers, count);
        int above = 0;
        for (float number : numbers) {
            above += size(number) > threshold ? 1 : 0;
        }
        int equal = count - above;
        var selected = new boolean[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            selected[i] = size(numbers[i]) > threshold || (size(numbers[i]) == threshold && equal-- > 0);
        }
        return selected;
    }

    /** The bits of the count-th largest size: bits of non-negative floats are ordered as the numbers are, so two histograms find it. */
    private static int threshold(float[] numbers, int count) {
        var high = new int[EXPONENT_AND_HIGH_BITS];
        for (float number : numbers) {
            high[size(number) >>> 15]++;
        }
        int above = 0;
        int bucket = high.length - 1;
        while (above + high[bucket] < count) {
            above += high[bucket--];
        }
        var low = new int[LOW_BITS];
        for (float number : numbers) {
            if (size(number) >>> 15 == bucket) {
                low[size(number) & (LOW_BITS - 1)]++;
            }
        }
        int rest = LOW_BITS - 1;
        while (above + low[rest] < count) {
            above += low[rest--];
        }
        return bucket << 15 | rest;
    }

    private static int size(float number) {
        return Float.floatToRawIntBits(number) & 0x7fffffff;
    }
}
