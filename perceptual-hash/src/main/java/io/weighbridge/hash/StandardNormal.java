package io.weighbridge.hash;

/** The standard normal distribution, computed the same way on every machine. */
public final class StandardNormal {

    private static final double SQRT_2_PI = Math.sqrt(2 * Math.PI);
    private static final double MIN_QUANTILE = 1e-300;

    private StandardNormal() {}

    /** P(X > x), full relative precision in the upper tail. */
    public static double upperTail(double x) {
        if (x < 0) {
            return 1 - upperTail(-x);
        }
        return x < 3 ? .5 - bySeries(x) : byFraction(x);
    }

    /** The x with P(X ≤ x) = p: bisection on the tail, to the last bits. */
    public static double quantile(double p) {
        if (!(p >= MIN_QUANTILE && p <= 1 - 1e-16)) {
            throw new IllegalArgumentException("p: expected between 0 and 1, got " + p);
        }
        if (p > .5) {
            return -quantile(1 - p);
        }
        double low = 0;
        double high = 40;
        while (true) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                return -middle;
            }
            if (upperTail(middle) > p) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** φ(x) · (x + x³/3 + x⁵/(3·5) + …). */
    private static double bySeries(double x) {
        double term = x;
        double sum = x;
        for (int i = 3; term > 1e-17 * sum; i += 2) {
            term *= x * x / i;
            sum += term;
        }
        return density(x) * sum;
    }

    /** φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))). */
    private static double byFraction(double x) {
        double fraction = x;
        for (int i = 120; i > 0; i--) {
            fraction = x + i / fraction;
        }
        return density(x) / fraction;
    }

    private static double density(double x) {
        return StrictMath.exp(-x * x / 2) / SQRT_2_PI;
    }
}
