package io.weighbridge.hash;

/**
 * The specification of all arithmetic on weights: plain loops, one order of summation. Weights are W[o, i, k], row-major, finite; arguments are trusted.
 */
final class ReferenceKernels {

    /** Weights beyond this many times their row's root mean square count as if they were there: no single weight may rule a code. */
    private static final double CLIP = 3;

    private ReferenceKernels() {}

    /**
     * Projects one layer on {@code bits} sums: each row to unit root mean square, w → sign(w)·w², clipped, into a pseudo-random sum with
     * a pseudo-random sign. Four weights share one draw of the basis, 16 bits each: 15 choose the sum, one the sign.
     */
    static double[] weightedProjection(float[] w, int outputs, int inputs, int positions, int bits) {
        var basis = new BasisStream("iwp", outputs, inputs, positions);
        var sums = new double[bits];
        int row = inputs * positions;
        long draw = 0;
        for (int o = 0; o < outputs; o++) {
            double scale = 1 / rootMeanSquare(w, o * row, row);
            for (int i = 0; i < row; i++) {
                int at = o * row + i;
                draw = (at & 3) == 0 ? basis.bits(at >> 2) : draw >>> 16;
                double v = Double.isInfinite(scale) ? 0 : w[at] * scale;
                v = Math.max(-CLIP, Math.min(CLIP, v));
                v *= Math.abs(v);
                sums[(int) (draw & 0x7fff) % bits] += (draw & 0x8000) == 0 ? v : -v;
            }
        }
        return sums;
    }

    /** √(Σw²/n), four interleaved lanes. */
    static double rootMeanSquare(float[] w, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        for (; i + 3 < from + count; i += 4) {
            a += (double) w[i] * w[i];
            b += (double) w[i + 1] * w[i + 1];
            c += (double) w[i + 2] * w[i + 2];
            d += (double) w[i + 3] * w[i + 3];
        }
        for (; i < from + count; i++) {
            a += (double) w[i] * w[i];
        }
        return Math.sqrt(((a + b) + (c + d)) / count);
    }
}
