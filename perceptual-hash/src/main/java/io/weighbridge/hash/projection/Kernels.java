package io.weighbridge.hash.projection;

/**
 * The arithmetic on weights, on runs of single-precision numbers. Every operation fixes the order of its additions and rounds after each step,
 * so that its results are the same in every bit however it is carried out. Weights are finite; arguments are trusted.
 *
 * <p>A <b>lane sum</b> of n numbers adds number j to lane j mod 8, each lane in order of j; then the lanes as
 * ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)).
 */
interface Kernels {

    int LANES = 8;

    /** Weights beyond this many times their row's root mean square count as if they were there: no single weight rules a code. */
    float CLIP = 3;

    /** The kernels in use: the fast ones. */
    static Kernels standard() {
        return BlockedKernels.INSTANCE;
    }

    /** energies[j] = (w[j]·w[j])·factors[j]; returns their lane sum. */
    float energies(float[] w, float[] factors, float[] energies, int n);

    /** v[j] = (w[j]·row)·columns[j]. */
    void balance(float[] w, float row, float[] columns, float[] v, int n);

    /** v[j] = x·|x|·(1 − |x|/9), x = v[j] clipped to ±3: between the weight (best under noise) and its square (best under pruning). */
    void emphasise(float[] v, int n);

    /** q[j] = x·|x|, x = w[j]·scale clipped to ±3. */
    void square(float[] w, float scale, float[] q, int n);

    /** h[j] = (x³ − 3x)·.408, x = v[j] clipped to ±3: the third Hermite polynomial at unit variance for normal numbers. */
    void hermite(float[] v, float[] h, int n);

    /** a[j] = |v[j]|. */
    void absolute(float[] v, float[] a, int n);

    /** sums[j] += factor·v[j]. */
    void addScaled(float[] sums, float factor, float[] v, int n);

    /** sums[j] += v[j]·signs[j]. */
    void addSigned(float[] sums, float[] v, float[] signs, int n);

    /** The lane sum of a[j]·b[j]; the products are left in {@code scratch}. */
    float dot(float[] a, float[] b, float[] scratch, int n);

    /** The lane sum of v. */
    float sum(float[] v, int n);

    /**
     * For each position k the sum of v[i·positions + k] over i: a lane sum if there is one position, in order of i otherwise.
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
