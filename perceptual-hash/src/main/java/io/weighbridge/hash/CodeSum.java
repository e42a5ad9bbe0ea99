package io.weighbridge.hash;

/**
 * The real-valued code before its signs are taken: one sum per bit. Terms are rounded to multiples of 2⁻³² and added as integers, so
 * that the order in which the layers come cannot change a bit.
 */
final class CodeSum {

    private static final double UNIT = 0x1p32;

    private final long[] sums;

    CodeSum(int bits) {
        sums = new long[bits];
    }

    /** Adds one layer's terms; every term is less than 2²⁰ in size. */
    void add(double[] terms) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (long) StrictMath.rint(terms[i] * UNIT);
        }
    }

    /** Bit i is set if sum i is above zero. */
    PerceptualCode code(AlgorithmId id) {
        var words = new long[sums.length / Long.SIZE];
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] > 0) {
                words[i / Long.SIZE] |= Long.MIN_VALUE >>> (i % Long.SIZE);
            }
        }
        return PerceptualCode.of(id, words);
    }
}
