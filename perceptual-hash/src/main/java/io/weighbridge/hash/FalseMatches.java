package io.weighbridge.hash;

import java.util.Arrays;

/**
 * How often unrelated codes come near by accident: the normal tail of their measured distances. Distances are counted in deviations of
 * independent bits: b bits of unrelated codes differ in b/2 ± √b/2 places, and z = (b/2 − distance) / (√b/2).
 */
public final class FalseMatches {

    private final double[] rates;

    /**
     * @param bits code length
     * @param mean mean of z over unrelated models: 0 if nothing is shared
     * @param deviation deviation of z over unrelated models: 1 if the bits are independent, more if they are fewer than they look
     */
    public FalseMatches(int bits, double mean, double deviation) {
        if (!(deviation >= 1)) {
            throw new IllegalArgumentException("deviation: expected at least 1, got " + deviation);
        }
        rates = new double[bits + 1];
        for (int d = 0; d <= bits; d++) {
            double z = (bits / 2.0 - d - .5) / (Math.sqrt(bits) / 2);
            rates[d] = StandardNormal.upperTail((z - mean) / deviation);
        }
    }

    /** The probability of a distance of at most {@code distanceBits}. */
    public double rate(int distanceBits) {
        if (distanceBits < 0 || distanceBits >= rates.length) {
            throw new IllegalArgumentException(
                    "distanceBits: expected 0 to " + (rates.length - 1) + ", got " + distanceBits);
        }
        return rates[distanceBits];
    }

    /** The largest distance whose rate is at most {@code rate}; -1 if there is none. */
    public int radius(double rate) {
        int at = Arrays.binarySearch(rates, rate);
        int radius = at >= 0 ? at : -at - 2;
        while (radius + 1 < rates.length && rates[radius + 1] <= rate) {
            radius++;
        }
        return radius;
    }
}
