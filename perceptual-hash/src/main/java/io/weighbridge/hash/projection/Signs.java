package io.weighbridge.hash.projection;

/** Adds a number to many sums with pseudo-random signs. */
final class Signs {

    private Signs() {}

    /**
     * {@code sums[at + i] += v} where bit i of the draw is 0, and {@code -= v} where it is 1, i below 64. Flips the sign bit instead of asking: half of
     * such guesses would be wrong.
     */
    static void add(double[] sums, int at, double v, long draw) {
        long bits = Double.doubleToRawLongBits(v);
        for (int i = 0; i < Long.SIZE; i++) {
            sums[at + i] += Double.longBitsToDouble(bits ^ draw >>> i << 63);
        }
    }
}
