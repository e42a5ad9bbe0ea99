package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class FalseMatchesTest {

    @Test
    void shouldRiseWithTheDistance() {
        for (var algorithm : Algorithms.all()) {
            for (int d = 1; d <= algorithm.bits(); d++) {
                assertThat(algorithm.falseMatchRate(d)).isBetween(algorithm.falseMatchRate(d - 1), 1.0);
            }
        }
    }

    @Test
    void shouldKeepTheDefaultThresholdsRare() {
        for (var algorithm : Algorithms.all()) {
            int threshold = algorithm.thresholdBits();
            if (threshold >= 0) {
                assertThat(algorithm.falseMatchRate(threshold))
                        .isLessThanOrEqualTo(HashAlgorithm.DEFAULT_FALSE_MATCH_RATE);
            }
            assertThat(algorithm.falseMatchRate(threshold + 1)).isGreaterThan(HashAlgorithm.DEFAULT_FALSE_MATCH_RATE);
            // No distance of the paper's hash is rare enough.
            assertThat(threshold >= 0).isEqualTo(!algorithm.id().family().equals("nts"));
        }
    }

    @Test
    void shouldBeTheBinomialTailForIndependentBits() {
        var binomial = new BinomialDistribution(1024, .5);
        var rates = new FalseMatches(1024, 0, 1);
        for (int d : new int[] {420, 450, 480, 512, 600}) {
            double exact = binomial.cumulativeProbability(d);
            assertThat(rates.rate(d)).isCloseTo(exact, within(.25 * exact));
        }
    }

    @Test
    void shouldFindTheLargestDistanceOfARate() {
        var rates = new FalseMatches(256, 0, 1.2);
        int radius = rates.radius(1e-6);
        assertThat(rates.rate(radius)).isLessThanOrEqualTo(1e-6);
        assertThat(rates.rate(radius + 1)).isGreaterThan(1e-6);
        assertThat(new FalseMatches(64, 0, 3).radius(1e-9)).isEqualTo(-1);
    }

    @Test
    void shouldRefuseDistancesOutsideTheCode() {
        var rates = new FalseMatches(64, 0, 1);
        assertThatThrownBy(() -> rates.rate(65)).hasMessage("distanceBits: expected 0 to 64, got 65");
        assertThatThrownBy(() -> rates.rate(-1)).hasMessage("distanceBits: expected 0 to 64, got -1");
    }

    @Test
    void shouldAgreeWithTheNormalDistributionOfCommonsMath() {
        var normal = new NormalDistribution();
        for (double x = -8; x <= 8; x += .125) {
            double expected = normal.cumulativeProbability(-x);
            assertThat(StandardNormal.upperTail(x)).isCloseTo(expected, within(1e-12 * expected + 1e-16));
        }
    }

    @Test
    void shouldInvertTheNormalDistribution() {
        for (double p : new double[] {1e-200, 1e-15, 1e-6, .025, .3, .5, .7, .999}) {
            double x = StandardNormal.quantile(p);
            assertThat(StandardNormal.upperTail(-x)).isCloseTo(p, within(1e-12 * p));
        }
        assertThat(StandardNormal.quantile(.975)).isCloseTo(1.959963984540054, within(1e-12));
    }
}
