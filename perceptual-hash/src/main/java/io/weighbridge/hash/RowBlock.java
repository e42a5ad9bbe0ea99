package io.weighbridge.hash;

import java.util.Arrays;

/**
 * Four neighbouring rows of a layer, cut into tiles: what is done to several rows at once is done faster. Rows beyond the last output are zeros.
 *
 * <p>Rows whose squares would leave the range of single precision are also kept times a power of two that brings them near 1.
 */
public final class RowBlock {

    /** Rows in a block. */
    public static final int ROWS = 4;

    private static final float LOWEST = 1e-24f;
    private static final float HIGHEST = 1e24f;
    private static final int LANES = 8;

    private final Tiling tiling;
    private final float[][][] weights;
    private final float[][][] near;
    private final float[] energies = new float[ROWS];
    private final float[] lanes;
    private final int[] exponents;
    private int from;
    private int count;

    RowBlock(WeightLayer layer) {
        tiling = Tiling.ofRows(layer);
        weights = new float[tiling.tiles()][ROWS][];
        near = new float[tiling.tiles()][ROWS][];
        for (int t = 0; t < weights.length; t++) {
            for (int r = 0; r < ROWS; r++) {
                weights[t][r] = new float[tiling.length(t)];
                near[t][r] = weights[t][r];
            }
        }
        lanes = new float[tiling.longest()];
        exponents = new int[layer.outputs()];
    }

    public Tiling tiling() {
        return tiling;
    }

    /** The output of the first row. */
    public int from() {
        return from;
    }

    /** How many rows there are, 1 to {@value #ROWS}. */
    public int count() {
        return count;
    }

    /** A tile of each row as it is. Not to be changed or kept. */
    public float[][] weights(int tile) {
        return weights[tile];
    }

    /** A tile of each row, times two to the power of some number where the row would be out of range. Not to be changed or kept. */
    public float[][] near(int tile) {
        return near[tile];
    }

    /** The sum of the squares of {@link #near}, in the first look at a layer; not a finite number if a weight is not. */
    public float energy(int row) {
        return energies[row];
    }

    /** Takes rows from {@code w[at]} on. */
    void load(float[] w, int at, int firstOutput, int rows) {
        from = firstOutput;
        count = rows;
        for (int r = 0; r < ROWS; r++) {
            int rowAt = at + r * tiling.length();
            for (int t = 0; t < weights.length; t++) {
                if (r < rows) {
                    System.arraycopy(w, rowAt, weights[t][r], 0, weights[t][r].length);
                } else {
                    Arrays.fill(weights[t][r], 0);
                }
                rowAt += weights[t][r].length;
            }
        }
    }

    /** Finds the energies of the rows loaded, and which of them are out of range. */
    void measure() {
        for (int r = 0; r < ROWS; r++) {
            energies[r] = energy(weights, r);
            if (!(energies[r] >= LOWEST && energies[r] <= HIGHEST) && r < count) {
                exponents[from + r] = exponent(r);
            }
        }
    }

    /** Brings rows that were found out of range near 1. */
    void bringNear(boolean isMeasured) {
        for (int r = 0; r < ROWS; r++) {
            int exponent = r < count ? exponents[from + r] : 0;
            for (int t = 0; t < near.length; t++) {
                near[t][r] = exponent == 0 ? weights[t][r] : scaled(weights[t][r], exponent);
            }
            if (exponent != 0 && isMeasured) {
                energies[r] = energy(near, r);
            }
        }
    }

    private static float[] scaled(float[] w, int exponent) {
        var scaled = new float[w.length];
        for (int j = 0; j < w.length; j++) {
            scaled[j] = Math.scalb(w[j], exponent);
        }
        return scaled;
    }

    /** 0 if the row is zeros, or a weight is not finite. */
    private int exponent(int row) {
        float largest = 0;
        for (var tile : weights) {
            for (float w : tile[row]) {
                largest = Math.max(largest, Math.abs(w));
            }
        }
        return largest > 0 && largest < Float.POSITIVE_INFINITY ? -Math.getExponent(largest) : 0;
    }

    private float energy(float[][][] tiles, int row) {
        Arrays.fill(lanes, 0);
        for (var tile : tiles) {
            addSquares(lanes, tile[row], tile[row].length);
        }
        return sum(lanes);
    }

    private static void addSquares(float[] sums, float[] w, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += w[j] * w[j];
        }
    }

    private static float sum(float[] v) {
        var sums = new float[LANES];
        int whole = v.length / LANES * LANES;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int j = 0; j < whole; j += LANES) {
            a += v[j];
            b += v[j + 1];
            c += v[j + 2];
            d += v[j + 3];
            e += v[j + 4];
            f += v[j + 5];
            g += v[j + 6];
            h += v[j + 7];
        }
        System.arraycopy(v, whole, sums, 0, v.length - whole);
        return (((a + sums[0]) + (e + sums[4])) + ((c + sums[2]) + (g + sums[6])))
                + (((b + sums[1]) + (f + sums[5])) + ((d + sums[3]) + h));
    }
}
