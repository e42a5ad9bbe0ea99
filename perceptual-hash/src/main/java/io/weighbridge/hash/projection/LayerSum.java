package io.weighbridge.hash.projection;

/**
 * A vector summed over layers. Terms are rounded to multiples of 2⁻³⁶ and added as integers, so that the order in which the layers come
 * cannot change a bit.
 */
final class LayerSum {

    private static final double UNIT = 0x1p36;

    private final long[] sums;

    LayerSum(int length) {
        sums = new long[length];
    }

    /** Adds {@code weight * term}; every product is less than 2¹⁶ in size. */
    void add(double[] terms, double weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (long) Math.rint(terms[i] * weight * UNIT);
        }
    }

    int length() {
        return sums.length;
    }

    double get(int index) {
        return sums[index] / UNIT;
    }
}
