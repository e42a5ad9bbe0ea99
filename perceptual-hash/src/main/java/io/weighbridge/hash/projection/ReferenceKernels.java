package io.weighbridge.hash.projection;

import java.util.Arrays;

/**
 * The specification of the arithmetic on weights: plain loops, one order of summation. Weights are W[o, i, k], row-major, finite;
 * arguments are trusted.
 */
final class ReferenceKernels {

    /** Weights beyond this many times their row's root mean square count as if they were there: no single weight rules a code. */
    private static final double PROJECTION_CLIP = 3;

    private static final double SIGNATURE_CLIP = 4;
    private static final double HERMITE_CLIP = 3;

    /** Rows with fewer inputs are not centred: little would be left of them. */
    private static final int MIN_CENTRED_INPUTS = 16;

    private ReferenceKernels() {}

    /**
     * Projects one layer on the given sums (a power of two of them, at most 2¹⁵): each row to unit root mean square; w → sign(w)·w²,
     * clipped; less its mean over the row's inputs at that kernel position, which unrelated networks share; then into a pseudo-random
     * sum with a pseudo-random sign. Four weights share one draw of the basis, 16 bits each, lowest first: the lower choose the sum,
     * the highest the sign.
     *
     * @return the sum of squares of what was projected
     */
    static double weightedProjection(float[] w, int outputs, int inputs, int positions, double[] sums) {
        var basis = new BasisStream("iwp", outputs, inputs, positions);
        int length = inputs * positions;
        var row = new double[length];
        int mask = sums.length - 1;
        long draw = 0;
        double energy = 0;
        for (int o = 0; o < outputs; o++) {
            int from = o * length;
            important(w, from, row);
            if (inputs >= MIN_CENTRED_INPUTS) {
                centre(row, positions);
            }
            for (int i = 0; i < length; i++) {
                int at = from + i;
                draw = (at & 3) == 0 ? basis.bits(at >> 2) : draw >>> 16;
                double v = row[i];
                energy += v * v;
                sums[(int) draw & mask] += (draw & 0x8000) == 0 ? v : -v;
            }
        }
        return energy;
    }

    /** The row in units of its root mean square, clipped, each number times its size. */
    private static void important(float[] w, int from, double[] row) {
        double meanSquare = sumOfSquares(w, from, row.length) / row.length;
        double scale = meanSquare > 0 ? 1 / Math.sqrt(meanSquare) : 0;
        for (int i = 0; i < row.length; i++) {
            double v = clip(w[from + i] * scale, PROJECTION_CLIP);
            row[i] = v * Math.abs(v);
        }
    }

    private static void centre(double[] row, int positions) {
        for (int k = 0; k < positions; k++) {
            double sum = 0;
            for (int i = k; i < row.length; i += positions) {
                sum += row[i];
            }
            double mean = sum / (row.length / positions);
            for (int i = k; i < row.length; i += positions) {
                row[i] -= mean;
            }
        }
    }

    /**
     * Factors for rows and columns that bring both to unit root mean square (Sinkhorn-Knopp on W²); 0 for a row or column of zeros. What
     * was moved between channels, or folded in from a batch norm, is gone afterwards.
     *
     * @param rows receives one factor an output
     * @param columns receives one factor an input
     */
    static void balance(float[] w, int positions, int rounds, double[] rows, double[] columns) {
        int inputs = columns.length;
        Arrays.fill(columns, 1);
        var columnSums = new double[inputs];
        var energy = new double[inputs];
        for (int round = 0; round < rounds; round++) {
            Arrays.fill(columnSums, 0);
            for (int o = 0; o < rows.length; o++) {
                double sum = 0;
                for (int i = 0; i < inputs; i++) {
                    double e = 0;
                    int from = (o * inputs + i) * positions;
                    for (int k = 0; k < positions; k++) {
                        e += (double) w[from + k] * w[from + k];
                    }
                    energy[i] = e;
                    sum += e * (columns[i] * columns[i]);
                }
                rows[o] = sum > 0 ? 1 / Math.sqrt(sum / ((double) inputs * positions)) : 0;
                double square = rows[o] * rows[o];
                for (int i = 0; i < inputs; i++) {
                    columnSums[i] += energy[i] * square;
                }
            }
            for (int i = 0; i < inputs; i++) {
                columns[i] = columnSums[i] > 0 ? 1 / Math.sqrt(columnSums[i] / ((double) rows.length * positions)) : 0;
            }
        }
    }

    /** Sums of the balanced, importance-weighted weights over inputs, s[o, k], and over outputs, t[i, k]. */
    static void channelSums(float[] w, int positions, double[] rows, double[] columns, double[] s, double[] t) {
        for (int o = 0; o < rows.length; o++) {
            for (int i = 0; i < columns.length; i++) {
                double scale = rows[o] * columns[i];
                int from = (o * columns.length + i) * positions;
                for (int k = 0; k < positions; k++) {
                    double v = emphasised(w[from + k] * scale);
                    s[o * positions + k] += v;
                    t[i * positions + k] += v;
                }
            }
        }
    }

    /** u[k, b] = Σ_i v[o, i, k] · t[i, b] for one output o, where v are the balanced, importance-weighted weights. */
    static void gather(float[] w, int output, int positions, double row, double[] columns, double[] t, double[] u) {
        int width = t.length / columns.length;
        Arrays.fill(u, 0);
        for (int i = 0; i < columns.length; i++) {
            double scale = row * columns[i];
            int from = (output * columns.length + i) * positions;
            for (int k = 0; k < positions; k++) {
                double v = emphasised(w[from + k] * scale);
                for (int b = 0; b < width; b++) {
                    u[k * width + b] += v * t[i * width + b];
                }
            }
        }
    }

    /** Σv and Σ|v| of the balanced weights v of a matrix: s[o, 0..1] over inputs, t[i, 0..1] over outputs. */
    static void matrixSums(float[] w, double[] rows, double[] columns, double[] s, double[] t) {
        for (int o = 0; o < rows.length; o++) {
            double sum = 0;
            double size = 0;
            for (int i = 0; i < columns.length; i++) {
                double v = w[o * columns.length + i] * (rows[o] * columns[i]);
                double absolute = Math.abs(v);
                sum += v;
                size += absolute;
                t[2 * i] += v;
                t[2 * i + 1] += absolute;
            }
            s[2 * o] = sum;
            s[2 * o + 1] = size;
        }
    }

    /**
     * Σ_i |v[o, i]| · ofColumns[i, ·] for each row and Σ_o |v[o, i]| · ofRows[o, ·] for each column, v the balanced weights of a matrix. Sizes, not
     * v itself: Σ v would share its noise with the signature, and all large matrices of independent weights would look alike.
     */
    static void hop(
            float[] w,
            double[] rows,
            double[] columns,
            double[] ofRows,
            double[] ofColumns,
            double[] toRows,
            double[] toColumns) {
        int width = toRows.length / rows.length;
        for (int o = 0; o < rows.length; o++) {
            for (int i = 0; i < columns.length; i++) {
                double v = Math.abs(w[o * columns.length + i] * (rows[o] * columns[i]));
                for (int m = 0; m < width; m++) {
                    toRows[o * width + m] += v * ofColumns[i * width + m];
                    toColumns[i * width + m] += v * ofRows[o * width + m];
                }
            }
        }
    }

    /** Σ_i v · b[i, ·] and Σ_i h₃(v) · b[i, ·] for one output, v its balanced weights. */
    static void gatherMatrix(
            float[] w, int output, double row, double[] columns, double[] b, double[] sums, double[] cubicSums) {
        int width = sums.length;
        Arrays.fill(sums, 0);
        Arrays.fill(cubicSums, 0);
        for (int i = 0; i < columns.length; i++) {
            double v = w[output * columns.length + i] * (row * columns[i]);
            double cubic = hermite3(v);
            for (int m = 0; m < width; m++) {
                sums[m] += v * b[i * width + m];
                cubicSums[m] += cubic * b[i * width + m];
            }
        }
    }

    /** The third Hermite polynomial of a clipped number, unit variance for normal numbers. */
    static double hermite3(double value) {
        double v = clip(value, HERMITE_CLIP);
        return (v * v * v - 3 * v) / 2.45;
    }

    /** A wave of period 1 made of parabolas, close to sin(2πx); no rounding differs between machines. */
    static double wave(double x) {
        double u = x - Math.rint(x);
        return 8 * u * (1 - 2 * Math.abs(u));
    }

    /** sign(v)·|v|^1.5, clipped: between the weight (best under noise) and its square (best under pruning). */
    static double emphasised(double value) {
        double v = clip(value, SIGNATURE_CLIP);
        return v * Math.sqrt(Math.abs(v));
    }

    static double sumOfSquares(float[] w, int from, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = from;
        int end = from + count;
        for (; i + 3 < end; i += 4) {
            a += (double) w[i] * w[i];
            b += (double) w[i + 1] * w[i + 1];
            c += (double) w[i + 2] * w[i + 2];
            d += (double) w[i + 3] * w[i + 3];
        }
        for (; i < end; i++) {
            a += (double) w[i] * w[i];
        }
        return (a + b) + (c + d);
    }

    private static double clip(double value, double limit) {
        return Math.max(-limit, Math.min(limit, value));
    }
}
