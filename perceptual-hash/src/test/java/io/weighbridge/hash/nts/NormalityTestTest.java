package io.weighbridge.hash.nts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/** Expected values of the samples below: SciPy 1.10.1, see {@code src/test/python/scipy_normality.py}. */
class NormalityTestTest {

    // kind, size, W, K², Jarque-Bera, A², D, excess kurtosis; SciPy 1.10.1
    private static final double[][] SCIPY = {
        {
            1,
            8,
            0.9496088027954102,
            0.34223181496558885,
            0.404604176619021,
            0.20585468557799835,
            0.13744205226967532,
            -0.8731848977123837
        },
        {
            1,
            20,
            0.9496816992759705,
            1.6713943352668035,
            0.9662972887548005,
            0.32646657682774816,
            0.1345575648370217,
            -1.0587808805915566
        },
        {
            2,
            101,
            0.8592455983161926,
            14.726904869719158,
            17.31215375357428,
            4.65599074959411,
            0.1772793806514359,
            0.0753121682638822
        },
        {
            3,
            300,
            0.9044262170791626,
            43.7989862479492,
            64.35075324663701,
            11.996648103874463,
            0.18202289888900802,
            1.3511683313965142
        },
        {
            2,
            1000,
            0.8401212692260742,
            119.08997859643708,
            161.96057798496807,
            56.80979422954488,
            0.18024077250704912,
            -0.21024697606007026
        },
        {
            3,
            4096,
            0.900210440158844,
            652.1647753947932,
            1122.9550497995924,
            163.17650283463627,
            0.1821796470306189,
            1.5117374441326437
        },
    };

    @Test
    void shouldAgreeWithScipy() {
        for (var expected : SCIPY) {
            double[] sample = sample((int) expected[0], (int) expected[1]);
            for (var test : NormalityTest.values()) {
                double value = expected[2 + test.ordinal()];
                assertThat(test.statistic(sample))
                        .as(test + " of sample " + expected[0] + ", " + expected[1])
                        .isCloseTo(value, within(tolerance(test) * Math.max(1, Math.abs(value))));
            }
        }
    }

    @Test
    void shouldAgreeWithCommonsMath() {
        var random = new Random(5);
        double[] sample = random.doubles(500).map(x -> x * x).sorted().toArray();
        var statistics = new DescriptiveStatistics(sample);
        var fitted = new NormalDistribution(statistics.getMean(), statistics.getStandardDeviation());
        double gap = new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(fitted, sample);
        assertThat(NormalityTest.LILLIEFORS.statistic(sample)).isCloseTo(gap, within(1e-12));
        double n = sample.length;
        double unbiased = statistics.getKurtosis();
        double excess = NormalityTest.KURTOSIS.statistic(sample);
        assertThat((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * excess + 6)).isCloseTo(unbiased, within(1e-10));
    }

    @Test
    void shouldNotDependOnMeanAndScale() {
        double[] sample = sample(3, 300);
        double[] moved = Arrays.stream(sample).map(x -> 1e-3 * x + 7).toArray();
        for (var test : NormalityTest.values()) {
            double value = test.statistic(sample);
            assertThat(test.statistic(moved)).as(test.name()).isCloseTo(value, within(1e-8 * Math.max(1, value)));
        }
    }

    @Test
    void shouldGiveZeroWhereThereIsNoStatistic() {
        for (var test : NormalityTest.values()) {
            assertThat(test.statistic(new double[0])).isZero();
            assertThat(test.statistic(new double[] {1, 2, 3, 4, 5, 6, 7})).isZero();
            assertThat(test.statistic(new double[100])).isZero();
            double[] tiny = new double[100];
            tiny[99] = Double.MIN_VALUE;
            assertThat(test.statistic(tiny)).isZero();
        }
    }

    @Test
    void shouldBeFiniteForExtremeSamples() {
        double[] sample = new double[4096];
        sample[0] = -Float.MAX_VALUE;
        sample[4095] = Float.MAX_VALUE;
        for (var test : NormalityTest.values()) {
            assertThat(test.statistic(sample)).as(test.name()).isFinite();
        }
    }

    private static double tolerance(NormalityTest test) {
        // SciPy's Shapiro-Wilk computes in single precision.
        return test == NormalityTest.SHAPIRO_WILK ? 2e-6 : 1e-9;
    }

    /** x = ((j² · 37 + j · 101 + kind · 17) mod 1009) / 1009, sorted, then bent: the same in Python. */
    private static double[] sample(int kind, int count) {
        var sample = new double[count];
        for (int j = 0; j < count; j++) {
            double x = (j * j * 37 + j * 101 + kind * 17) % 1009 / 1009.0;
            sample[j] = kind == 1 ? x : kind == 2 ? x * x * x : (x - .5) * (x - .5) * (x - .5) * (1 + x);
        }
        Arrays.sort(sample);
        return sample;
    }
}
