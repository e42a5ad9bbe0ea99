package io.weighbridge.hash.projection;

/** {@link Kernels} as they are specified: plain loops, one number after the other. */
final class ReferenceKernels implements Kernels {

    static final Kernels INSTANCE = new ReferenceKernels();

    private ReferenceKernels() {}

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
            first[j] += v[j] * a[j];
            second[j] += v[j] * b[j];
        }
    }

    @Override
    public void addRows(float[] sums, float[][] rows, float[] factors, int n) {
        for (int r = 0; r < factors.length; r++) {
            for (int j = 0; j < n; j++) {
                sums[j] += factors[r] * rows[r][j];
            }
        }
    }

    @Override
    public void addSizes(float[] sums, float[][] rows, float[] factors, int n) {
        for (int r = 0; r < factors.length; r++) {
            for (int j = 0; j < n; j++) {
                sums[j] += factors[r] * Math.abs(rows[r][j]);
            }
        }
    }

    @Override
    public void addSquares(float[] sums, float[][] rows, float[] factors, int n) {
        for (int r = 0; r < factors.length; r++) {
            for (int j = 0; j < n; j++) {
                float x = factors[r] * rows[r][j];
                sums[j] += x * x;
            }
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
            float x = clip(w[j] * row * columns[j]);
            v[j] = x * Math.abs(x) * (1 - Math.abs(x) * (1 / 9f));
        }
    }

    @Override
    public void square(float[] w, float scale, float[] q, int n) {
        for (int j = 0; j < n; j++) {
            float x = clip(w[j] * scale);
            q[j] = x * Math.abs(x);
        }
    }

    @Override
    public float sum(float[] v, int n) {
        var lanes = new float[LANES];
        for (int j = 0; j < n; j++) {
            lanes[j % LANES] += v[j];
        }
        return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    }

    @Override
    public void sumsByPosition(float[] v, int positions, float[] sums, int at, int n) {
        if (positions == 1) {
            sums[at] = sum(v, n);
            return;
        }
        for (int k = 0; k < positions; k++) {
            float sum = 0;
            for (int j = k; j < n; j += positions) {
                sum += v[j];
            }
            sums[at + k] = sum;
        }
    }

    @Override
    public void wave(float[] v, int n) {
        for (int j = 0; j < n; j++) {
            // No negative zero to take away: the wave of -0 is -0.
            float u = v[j] - ((float) Math.rint(v[j]) + 0f);
            v[j] = 8 * u * (1 - 2 * Math.abs(u));
        }
    }

    /** The number clipped to ±3, by additions that round: numbers far below 3 lose their last bits. */
    private static float clip(float x) {
        return (Math.abs(x + CLIP) - Math.abs(x - CLIP)) * .5f;
    }
}
