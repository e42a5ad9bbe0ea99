package io.weighbridge.hash.nts;

import io.weighbridge.hash.StandardNormal;
import java.util.concurrent.ConcurrentHashMap;

/** Royston's approximation of the Shapiro-Wilk coefficients (AS R94): the largest half, for samples of 6 or more. */
final class ShapiroWilk {

    private static final double[] LAST = {-2.706056, 4.434685, -2.071190, -.147981, .221157};
    private static final double[] LAST_BUT_ONE = {-3.582633, 5.682633, -1.752461, -.293762, .042981};
    private static final ConcurrentHashMap<Integer, double[]> BY_SIZE = new ConcurrentHashMap<>();

    private ShapiroWilk() {}

    /** a[0] goes with the largest and the smallest number; shared, not to be changed. Sizes are few, so all are kept. */
    static double[] coefficients(int n) {
        return BY_SIZE.computeIfAbsent(n, ShapiroWilk::compute);
    }

    private static double[] compute(int n) {
        var m = new double[n / 2];
        double sum = 0;
        for (int i = 0; i < m.length; i++) {
            m[i] = -StandardNormal.quantile((i + 1 - .375) / (n + .25));
            sum += 2 * m[i] * m[i];
        }
        double root = Math.sqrt(sum);
        double u = 1 / Math.sqrt(n);
        double last = m[0] / root + polynomial(LAST, u);
        double lastButOne = m[1] / root + polynomial(LAST_BUT_ONE, u);
        double phi = (sum - 2 * m[0] * m[0] - 2 * m[1] * m[1]) / (1 - 2 * last * last - 2 * lastButOne * lastButOne);
        var a = new double[m.length];
        a[0] = last;
        a[1] = lastButOne;
        for (int i = 2; i < a.length; i++) {
            a[i] = m[i] / Math.sqrt(phi);
        }
        return a;
    }

    /** Highest power (u⁵) first, no constant term. */
    private static double polynomial(double[] coefficients, double u) {
        double value = 0;
        for (double c : coefficients) {
            value = (value + c) * u;
        }
        return value;
    }
}
