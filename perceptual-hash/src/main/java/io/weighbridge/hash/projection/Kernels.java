package io.weighbridge.hash.projection;

/**
 * The arithmetic on weights, on runs of n single-precision numbers that start at index 0 of their arrays. Every operation fixes the order of its
 * additions and rounds after each step, so that its results are the same in every bit however it is carried out. Arguments are trusted: no
 * array that is written is also another argument.
 *
 * <p>Sums along a row are taken in lanes: number j of every tile is added to lane j, and the lanes are added by {@link #sum} at the end.
 */
interface Kernels {

    int LANES = 8;

    /** Weights beyond this many times the root mean square count as if they were there: no single weight rules a code. */
    float CLIP = 3;

    /** The kernels in use: the fast ones. */
    static Kernels standard() {
        return BlockedKernels.INSTANCE;
    }

    /** sums[j] += v[j]. */
    void add(float[] sums, float[] v, int n);

    /** sums[j] += (w[j]·factors[j])². */
    void addEnergies(float[] sums, float[] w, float[] factors, int n);

    /** With x = w[j]·row·columns[j]: energies[j] += x², sums[j] += x, sizes[j] += |x|. */
    void describe(float[] w, float row, float[] columns, float[] energies, float[] sums, float[] sizes, int n);

    /** With x = w[j]·row·columns[j]: squares[j] += x·|x|, cubes[j] += |x|³. */
    void addPowers(float[] w, float row, float[] columns, float[] squares, float[] cubes, int n);

    /** first[j] += v[j]·a[j], second[j] += v[j]·b[j]. */
    void addProducts(float[] first, float[] second, float[] v, float[] a, float[] b, int n);

    /** sums[j] += factors[0]·rows[0][j], then rows 1, 2 and 3 likewise. */
    void addRows(float[] sums, float[][] rows, float[] factors, int n);

    /** sums[j] += factors[0]·|rows[0][j]|, then rows 1, 2 and 3 likewise. */
    void addSizes(float[] sums, float[][] rows, float[] factors, int n);

    /** sums[j] += (factors[0]·rows[0][j])², then rows 1, 2 and 3 likewise. */
    void addSquares(float[] sums, float[][] rows, float[] factors, int n);

    /** sums[j] += (v[j] − means[j])·signs[j]. */
    void addSigned(float[] sums, float[] v, float[] means, float[] signs, int n);

    /** v[j] = x·|x|·(1 − |x|/9), x = w[j]·row·columns[j] clipped to ±3: between the weight (best under noise) and its square (best under pruning). */
    void emphasise(float[] w, float row, float[] columns, float[] v, int n);

    /** q[j] = x·|x|, x = w[j]·scale clipped to ±3. */
    void square(float[] w, float scale, float[] q, int n);

    /** The sum of number j in lane j mod 8, each lane in order of j; then the lanes as ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)). */
    float sum(float[] v, int n);

    /**
     * For each position k the sum of v[i·positions + k] over i: {@link #sum} if there is one position, in order of i otherwise.
     *
     * @param sums receives them from {@code sums[at]} on
     */
    void sumsByPosition(float[] v, int positions, float[] sums, int at, int n);

    /**
     * v[j] = 8u·(1 − 2|u|), u = v[j] less the nearest integer, ties to even: a wave of period 1 made of parabolas, close to sin(2πx).
     *
     * @param v each less than 2²¹ in size
     */
    void wave(float[] v, int n);
}
