package io.weighbridge.hash.projection;

/**
 * Brings rows whose squares would leave the range of single precision to sizes near 1, by a power of two. The scale of an output is taken
 * out anyway, so nothing but the range changes.
 */
final class RowRange {

    private static final float LOWEST = 1e-24f;
    private static final float HIGHEST = 1e24f;

    private final float[] scaled;

    RowRange(int length) {
        scaled = new float[length];
    }

    /** The power of two, or 0 if the squares of the row, whose sum is given, are in range. */
    static int exponent(float energy, float[] w, int n) {
        if (energy >= LOWEST && energy <= HIGHEST) {
            return 0;
        }
        float largest = 0;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, Math.abs(w[j]));
        }
        return largest > 0 ? -Math.getExponent(largest) : 0;
    }

    /** The row times two to the power of {@code exponent}; itself if that is 0, or else one array that the next call overwrites. */
    float[] times(int exponent, float[] w, int n) {
        if (exponent == 0) {
            return w;
        }
        for (int j = 0; j < n; j++) {
            scaled[j] = Math.scalb(w[j], exponent);
        }
        return scaled;
    }
}
