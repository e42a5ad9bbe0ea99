package io.weighbridge.hash.nts;

import io.weighbridge.hash.StandardNormal;
import java.util.Arrays;

/** A statistic that tells how far a sample is from a normal distribution, whatever its mean and scale. */
public enum NormalityTest {
    /** Shapiro-Wilk W with Royston's coefficients (Applied Statistics 44, 1995, algorithm AS R94). */
    SHAPIRO_WILK(true) {
        @Override
        double ofVarying(double[] sorted, Moments moments) {
            double[] a = ShapiroWilk.coefficients(sorted.length);
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * (sorted[sorted.length - 1 - i] - sorted[i]);
            }
            return sum * sum / (moments.variance() * sorted.length);
        }
    },
    /** D'Agostino and Pearson's K²: squared normal scores of skewness (D'Agostino 1970) and kurtosis (Anscombe and Glynn 1983). */
    DAGOSTINO_K2(false) {
        @Override
        double ofVarying(double[] sample, Moments moments) {
            double skewness = DAgostino.skewnessScore(moments.skewness(), sample.length);
            double kurtosis = DAgostino.kurtosisScore(moments.excessKurtosis() + 3, sample.length);
            return skewness * skewness + kurtosis * kurtosis;
        }
    },
    /** Jarque-Bera: n/6 · (S² + K²/4). */
    JARQUE_BERA(false) {
        @Override
        double ofVarying(double[] sample, Moments moments) {
            double s = moments.skewness();
            double k = moments.excessKurtosis();
            return sample.length / 6.0 * (s * s + k * k / 4);
        }
    },
    /** Anderson-Darling A², mean and deviation estimated from the sample. */
    ANDERSON_DARLING(true) {
        @Override
        double ofVarying(double[] sorted, Moments moments) {
            int n = sorted.length;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double below = StandardNormal.upperTail(-moments.score(sorted[i]));
                double above = StandardNormal.upperTail(moments.score(sorted[n - 1 - i]));
                sum += (2 * i + 1.0) / n * (StrictMath.log(below) + StrictMath.log(above));
            }
            return -n - sum;
        }
    },
    /** Lilliefors: the largest gap between the sample's distribution and the normal one of its mean and deviation. */
    LILLIEFORS(true) {
        @Override
        double ofVarying(double[] sorted, Moments moments) {
            int n = sorted.length;
            double largest = 0;
            for (int i = 0; i < n; i++) {
                double p = StandardNormal.upperTail(-moments.score(sorted[i]));
                largest = Math.max(largest, Math.max((i + 1.0) / n - p, p - (double) i / n));
            }
            return largest;
        }
    },
    /** Excess kurtosis m₄/m₂² − 3. Not a test, but what most of them feel. */
    KURTOSIS(false) {
        @Override
        double ofVarying(double[] sample, Moments moments) {
            return moments.excessKurtosis();
        }
    };

    /** Smallest sample that has a statistic. */
    static final int MIN_SAMPLE = 8;

    private final boolean isOfOrder;

    NormalityTest(boolean isOfOrder) {
        this.isOfOrder = isOfOrder;
    }

    /**
     * The statistic of a sample, in any order, which it may sort in place; 0 if it has fewer than {@value #MIN_SAMPLE} numbers or does not vary.
     */
    public double statistic(double[] sample) {
        if (sample.length < MIN_SAMPLE || isConstant(sample)) {
            return 0;
        }
        if (isOfOrder) {
            Arrays.sort(sample);
        }
        var moments = Moments.of(sample);
        return moments.variance() > 0 ? ofVarying(sample, moments) : 0;
    }

    /** @param sample sorted if the statistic is one of order */
    abstract double ofVarying(double[] sample, Moments moments);

    private static boolean isConstant(double[] sample) {
        for (double x : sample) {
            if (x != sample[0]) {
                return false;
            }
        }
        return true;
    }
}
