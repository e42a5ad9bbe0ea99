package io.weighbridge.hash.projection;

/** {@link Kernels} as they are specified: plain loops, one number after the other. */
final class ReferenceKernels implements Kernels {

    static final Kernels INSTANCE = new ReferenceKernels();

    private ReferenceKernels() {}

    @Override
    public float energies(float[] w, float[] factors, float[] energies, int n) {
        for (int j = 0; j < n; j++) {
            energies[j] = w[j] * w[j] * factors[j];
        }
        return sum(energies, n);
    }

    @Override
    public void balance(float[] w, float row, float[] columns, float[] v, int n) {
        for (int j = 0; j < n; j++) {
            v[j] = w[j] * row * columns[j];
        }
    }

    @Override
    public void emphasise(float[] v, int n) {
        for (int j = 0; j < n; j++) {
            float x = clip(v[j]);
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
    public void hermite(float[] v, float[] h, int n) {
        for (int j = 0; j < n; j++) {
            float x = clip(v[j]);
            h[j] = x * (x * x - 3) * .408f;
        }
    }

    @Override
    public void absolute(float[] v, float[] a, int n) {
        for (int j = 0; j < n; j++) {
            a[j] = Math.abs(v[j]);
        }
    }

    @Override
    public void addScaled(float[] sums, float factor, float[] v, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += factor * v[j];
        }
    }

    @Override
    public void addSigned(float[] sums, float[] v, float[] signs, int n) {
        for (int j = 0; j < n; j++) {
            sums[j] += v[j] * signs[j];
        }
    }

    @Override
    public float dot(float[] a, float[] b, float[] scratch, int n) {
        for (int j = 0; j < n; j++) {
            scratch[j] = a[j] * b[j];
        }
        return sum(scratch, n);
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
            float u = v[j] - (float) Math.rint(v[j]);
            v[j] = 8 * u * (1 - 2 * Math.abs(u));
        }
    }

    private static float clip(float x) {
        return Math.max(-CLIP, Math.min(CLIP, x));
    }
}
