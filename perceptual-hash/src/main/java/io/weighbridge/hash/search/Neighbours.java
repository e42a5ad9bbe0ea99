package io.weighbridge.hash.search;

import java.util.function.LongConsumer;

/** The values of a few bits that lie near a given one. */
public final class Neighbours {

    private Neighbours() {}

    /**
     * Visits every value within {@code flips} bit flips of {@code value}, itself included, each once, in an order that depends on
     * nothing else.
     *
     * @param bits width of the values, 0 to 64; bits above are left as they are
     * @param flips 0 or more; more than {@code bits} counts as {@code bits}. Less than 0 visits nothing.
     */
    public static void forEachNeighbour(long value, int bits, int flips, LongConsumer visit) {
        if (flips >= 0) {
            visit(value, 0, bits, flips, visit);
        }
    }

    private static void visit(long value, int fromBit, int bits, int flips, LongConsumer visit) {
        visit.accept(value);
        if (flips == 0) {
            return;
        }
        for (int bit = fromBit; bit < bits; bit++) {
            visit(value ^ (1L << bit), bit + 1, bits, flips - 1, visit);
        }
    }

    /** How many values {@link #forEachNeighbour} visits: the sum of the binomials of {@code bits} over 0 to {@code flips}. */
    public static double count(int bits, int flips) {
        double sum = 0;
        double binomial = 1;
        for (int i = 0; i <= Math.min(bits, flips); i++) {
            sum += binomial;
            binomial = binomial * (bits - i) / (i + 1);
        }
        return sum;
    }
}
