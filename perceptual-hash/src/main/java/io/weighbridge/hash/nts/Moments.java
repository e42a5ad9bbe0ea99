package io.weighbridge.hash.nts;

/**
 * Central moments of a sample, each divided by its size.
 *
 * @param count size of the sample
 * @param variance second central moment
 */
record Moments(int count, double mean, double variance, double third, double fourth) {

    static Moments of(double[] sample) {
        double sum = 0;
        for (double x : sample) {
            sum += x;
        }
        double mean = sum / sample.length;
        double m2 = 0;
        double m3 = 0;
        double m4 = 0;
        for (double x : sample) {
            double d = x - mean;
            m2 += d * d;
            m3 += d * d * d;
            m4 += d * d * (d * d);
        }
        return new Moments(sample.length, mean, m2 / sample.length, m3 / sample.length, m4 / sample.length);
    }

    double skewness() {
        return third / (variance * Math.sqrt(variance));
    }

    double excessKurtosis() {
        return fourth / (variance * variance) - 3;
    }

    /** Deviations from the mean, by the unbiased variance, bounded to where the normal tail has a logarithm. */
    double score(double x) {
        double deviation = Math.sqrt(variance * count / (count - 1.0));
        return Math.max(-37, Math.min(37, (x - mean) / deviation));
    }
}
