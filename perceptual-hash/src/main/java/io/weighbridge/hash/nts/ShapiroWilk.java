package io.weighbridge.hash.nts;

import io.weighbridge.hash.StandardNormal;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Royston's approximation of the Shapiro-Wilk coefficients (AS R94): the largest half, for samples of 6 or more. */
final class ShapiroWilk {

    private static final double[] LAST = {-2.706056, 4.434685, -2.071190, -.147981, .221157};
    private static final double[] LAST_BUT_ONE = {-3.582633, 5.682633, -1.752461, -.293762, .042981};

    /** A memo of a pure function: segments of one model have two sizes, n and n + 1, so the latest of each parity is kept. */
    private static final AtomicReferenceArray<double[][]> LATEST = new AtomicReferenceArray<>(2);

    private ShapiroWilk() {}

    /** a[0] goes with the largest and the smallest number; shared, not to be changed. */
    static double[] coefficients(int n) {
        double[][] latest = LATEST.get(n & 1);
        if (latest == null || latest[0][0] != n) {
            latest = new double[][] {{n}, compute(n)};
            LATEST.set(n & 1, latest);
        }
        return latest[1];
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
