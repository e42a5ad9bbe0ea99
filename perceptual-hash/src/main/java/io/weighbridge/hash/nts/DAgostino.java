package io.weighbridge.hash.nts;

/** Transformations of skewness and kurtosis to nearly standard normal scores, for samples of 8 or more. */
final class DAgostino {

    private DAgostino() {}

    /** D'Agostino: Transformation to normality of the null distribution of g1, Biometrika 57, 1970. */
    static double skewnessScore(double skewness, double n) {
        double y = skewness * Math.sqrt((n + 1) * (n + 3) / (6 * (n - 2)));
        double beta2 = 3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
        double w2 = -1 + Math.sqrt(2 * (beta2 - 1));
        double delta = 1 / Math.sqrt(.5 * StrictMath.log(w2));
        double alpha = Math.sqrt(2 / (w2 - 1));
        double ratio = Math.abs(y) / alpha;
        return Math.copySign(delta * StrictMath.log(ratio + Math.sqrt(ratio * ratio + 1)), y);
    }

    /** Anscombe and Glynn: Distribution of the kurtosis statistic b2 for normal samples, Biometrika 70, 1983. */
    static double kurtosisScore(double kurtosis, double n) {
        double expected = 3 * (n - 1) / (n + 1);
        double variance = 24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5));
        double x = (kurtosis - expected) / Math.sqrt(variance);
        double rootBeta1 = 6
                * (n * n - 5 * n + 2)
                / ((n + 7) * (n + 9))
                * Math.sqrt(6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3)));
        double a = 6 + 8 / rootBeta1 * (2 / rootBeta1 + Math.sqrt(1 + 4 / (rootBeta1 * rootBeta1)));
        double first = 1 - 2 / (9 * a);
        double denominator = 1 + x * Math.sqrt(2 / (a - 4));
        double second = Math.copySign(StrictMath.cbrt((1 - 2 / a) / Math.abs(denominator)), denominator);
        return (first - second) / Math.sqrt(2 / (9 * a));
    }
}
