package io.weighbridge.hash;

import java.util.Arrays;

/**
 * How often unrelated codes come near by accident. Distances of unrelated codes are taken as binomial over fewer bits than the code has:
 * bits are only as independent as the signature has dimensions, and that number is measured on unrelated networks.
 */
final class FalseMatches {

    private final double[] rates;

    /**
     * @param bits code length
     * @param effectiveBits independent bits with the same spread of distances, at most {@code bits}
     * @param meanFraction mean distance of unrelated codes, as a fraction of the bits
     */
    FalseMatches(int bits, int effectiveBits, double meanFraction) {
        var tail = binomialTail(effectiveBits, meanFraction);
        rates = new double[bits + 1];
        for (int d = 0; d <= bits; d++) {
            rates[d] = interpolate(tail, (double) d * effectiveBits / bits);
        }
    }

    /** The probability of a distance of at most {@code distanceBits}. */
    double rate(int distanceBits) {
        if (distanceBits < 0 || distanceBits >= rates.length) {
            throw new IllegalArgumentException(
                    "distanceBits: expected 0 to " + (rates.length - 1) + ", got " + distanceBits);
        }
        return rates[distanceBits];
    }

    /** The largest distance whose rate is at most {@code rate}; -1 if there is none. */
    int radius(double rate) {
        int at = Arrays.binarySearch(rates, rate);
        int radius = at >= 0 ? at : -at - 2;
        while (radius + 1 < rates.length && rates[radius + 1] <= rate) {
            radius++;
        }
        return radius;
    }

    /** P(X <= i), i = 0..n, of a binomial. */
    private static double[] binomialTail(int n, double p) {
        var tail = new double[n + 1];
        double logTerm = n * StrictMath.log1p(-p);
        double step = StrictMath.log(p) - StrictMath.log1p(-p);
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            sum += StrictMath.exp(logTerm);
            tail[i] = Math.min(1, sum);
            logTerm += StrictMath.log((double) (n - i) / (i + 1)) + step;
        }
        return tail;
    }

    /** Geometric between whole numbers: the tail falls exponentially. */
    private static double interpolate(double[] tail, double at) {
        int low = (int) at;
        double part = at - low;
        if (low + 1 >= tail.length) {
            return 1;
        }
        return StrictMath.exp((1 - part) * StrictMath.log(tail[low]) + part * StrictMath.log(tail[low + 1]));
    }
}
