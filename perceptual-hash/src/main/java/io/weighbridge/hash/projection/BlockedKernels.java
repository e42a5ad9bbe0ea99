package io.weighbridge.hash.projection;

import java.util.Arrays;

/**
 * {@link Kernels} for speed: loops over neighbouring array elements without a branch, which the JIT compiler turns into vector instructions,
 * and sums in several accumulators that do not wait for each other.
 */
final class BlockedKernels implements Kernels {

    static final Kernels INSTANCE = new BlockedKernels();

    /** Adding and taking away 1.5 · 2²³ rounds a number below 2²² to the nearest integer, ties to even. */
    private static final float ROUNDER = 0x1.8p23f;

    private BlockedKernels() {}

    @Override
    public void add(float[] sums, float[] v, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += v[j];
        }
    }

    @Override
    public void addEnergies(float[] sums, float[] w, float[] factors, int n) {
        for (int j = 0; j < n; j++) {
            float x = w[j] * factors[j];
            sums[j] += x * x;
        }
    }

    @Override
    public void describe(float[] w, float row, float[] columns, float[] energies, float[] sums, float[] sizes, int n) {
        for (int j = 0; j < n; j++) {
            float x = w[j] * row * columns[j];
            energies[j] += x * x;
            sums[j] += x;
            sizes[j] += Math.abs(x);
        }
    }

    @Override
    public void addPowers(float[] w, float row, float[] columns, float[] squares, float[] cubes, int n) {
        for (int j = 0; j < n; j++) {
            float x = w[j] * row * columns[j];
            float square = x * Math.abs(x);
            squares[j] += square;
            cubes[j] += Math.abs(square * x);
        }
    }

    @Override
    public void addProducts(float[] first, float[] second, float[] v, float[] a, float[] b, int n) {
        for (int j = 0; j < n; j++) {
            float x = v[j];
            first[j] += x * a[j];
            second[j] += x * b[j];
        }
    }

    @Override
    public void addRows(float[] sums, float[][] rows, float[] factors, int n) {
        addRows(sums, rows[0], rows[1], rows[2], rows[3], factors[0], factors[1], factors[2], factors[3], n);
    }

    private static void addRows(
            float[] sums, float[] a, float[] b, float[] c, float[] d, float p, float q, float r, float s, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = sums[j] + p * a[j] + q * b[j] + r * c[j] + s * d[j];
        }
    }

    @Override
    public void addSizes(float[] sums, float[][] rows, float[] factors, int n) {
        addSizes(sums, rows[0], rows[1], rows[2], rows[3], factors[0], factors[1], factors[2], factors[3], n);
    }

    private static void addSizes(
            float[] sums, float[] a, float[] b, float[] c, float[] d, float p, float q, float r, float s, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] = sums[j] + p * Math.abs(a[j]) + q * Math.abs(b[j]) + r * Math.abs(c[j]) + s * Math.abs(d[j]);
        }
    }

    @Override
    public void addSquares(float[] sums, float[][] rows, float[] factors, int n) {
        addSquares(sums, rows[0], rows[1], factors[0], factors[1], n);
        addSquares(sums, rows[2], rows[3], factors[2], factors[3], n);
    }

    private static void addSquares(float[] sums, float[] a, float[] b, float p, float q, int n) {
        for (int j = 0; j < n; j++) {
            float x = p * a[j];
            float y = q * b[j];
            sums[j] = sums[j] + x * x + y * y;
        }
    }

    @Override
    public void addSigned(float[] sums, float[] v, float[] means, float[] signs, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += (v[j] - means[j]) * signs[j];
        }
    }

    @Override
    public void emphasise(float[] w, float row, float[] columns, float[] v, int n) {
        for (int j = 0; j < n; j++) {
            float y = w[j] * row * columns[j];
            float x = (Math.abs(y + CLIP) - Math.abs(y - CLIP)) * .5f;
            float size = Math.abs(x);
            v[j] = x * size * (1 - size * (1 / 9f));
        }
    }

    @Override
    public void square(float[] w, float scale, float[] q, int n) {
        for (int j = 0; j < n; j++) {
            float y = w[j] * scale;
            float x = (Math.abs(y + CLIP) - Math.abs(y - CLIP)) * .5f;
            q[j] = x * Math.abs(x);
        }
    }

    @Override
    public float sum(float[] v, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int j = 0;
        for (; j + LANES <= n; j += LANES) {
            a += v[j];
            b += v[j + 1];
            c += v[j + 2];
            d += v[j + 3];
            e += v[j + 4];
            f += v[j + 5];
            g += v[j + 6];
            h += v[j + 7];
        }
        a += j < n ? v[j] : 0;
        b += j + 1 < n ? v[j + 1] : 0;
        c += j + 2 < n ? v[j + 2] : 0;
        d += j + 3 < n ? v[j + 3] : 0;
        e += j + 4 < n ? v[j + 4] : 0;
        f += j + 5 < n ? v[j + 5] : 0;
        g += j + 6 < n ? v[j + 6] : 0;
        return ((a + e) + (c + g)) + ((b + f) + (d + h));
    }

    @Override
    public void sumsByPosition(float[] v, int positions, float[] sums, int at, int n) {
        if (positions == 1) {
            sums[at] = sum(v, n);
        } else if (positions == 9) {
            sumsOfNine(v, sums, at, n);
        } else {
            Arrays.fill(sums, at, at + positions, 0);
            for (int from = 0; from < n; from += positions) {
                for (int k = 0; k < positions; k++) {
                    sums[at + k] += v[from + k];
                }
            }
        }
    }

    private static void sumsOfNine(float[] v, float[] sums, int at, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        float i = 0;
        for (int j = 0; j < n; j += 9) {
            a += v[j];
            b += v[j + 1];
            c += v[j + 2];
            d += v[j + 3];
            e += v[j + 4];
            f += v[j + 5];
            g += v[j + 6];
            h += v[j + 7];
            i += v[j + 8];
        }
        sums[at] = a;
        sums[at + 1] = b;
        sums[at + 2] = c;
        sums[at + 3] = d;
        sums[at + 4] = e;
        sums[at + 5] = f;
        sums[at + 6] = g;
        sums[at + 7] = h;
        sums[at + 8] = i;
    }

    @Override
    public void wave(float[] v, int n) {
        for (int j = 0; j < n; j++) {
            float u = v[j] - (v[j] + ROUNDER - ROUNDER);
            v[j] = 8 * u * (1 - 2 * Math.abs(u));
        }
    }
}
