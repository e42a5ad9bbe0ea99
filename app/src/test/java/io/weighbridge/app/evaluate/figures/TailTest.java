package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.hash.StandardNormal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TailTest {

    @Test
    void shouldFindTheNormalDistributionThatMadeTheSample() {
        for (long seed = 1; seed <= 5; seed++) {
            var tail = Tail.of(normal(seed, 100_000, .4, 1.6)).orElseThrow();

            assertThat(tail.mean()).as("seed " + seed).isCloseTo(.4, within(.02));
            assertThat(tail.deviation()).as("seed " + seed).isCloseTo(1.6, within(.02));
            assertThat(tail.fitted()).as("seed " + seed).isBetween(1.59, 1.8);
        }
    }

    @Test
    void shouldReachAsFarAsAHeavyTail() {
        double[] z = normal(3, 100_000, 0, 1);
        for (int i = 0; i < 2000; i++) {
            z[i] *= 3;
        }

        var tail = Tail.of(z).orElseThrow();

        for (double beyond : new double[] {1e-2, 1e-3, 1e-4}) {
            double reach = tail.mean() - tail.fitted() * StandardNormal.quantile(beyond);
            assertThat(Arrays.stream(z).filter(x -> x > reach).count())
                    .as("beyond " + beyond)
                    .isLessThanOrEqualTo(Math.round(beyond * z.length));
        }
    }

    @Test
    void shouldHardlyBeMovedByAFewOddPairs() {
        double[] z = normal(5, 10_000, 0, 1);
        var before = Tail.of(z).orElseThrow();
        Arrays.fill(z, 0, 5, 30);

        var tail = Tail.of(z).orElseThrow();

        assertThat(tail.fitted()).isCloseTo(before.fitted(), within(.2));
        assertThat(tail.deviation()).isGreaterThan(before.deviation() + .15);
    }

    @Test
    void shouldNotPromiseMoreThanIndependentBits() {
        assertThat(Tail.of(normal(6, 5_000, 0, .5)).orElseThrow().fitted()).isEqualTo(1);
    }

    @Test
    void shouldSayNothingOfTooFewPairs() {
        assertThat(Tail.of(normal(7, 999, 0, 1))).isEmpty();
        assertThat(Tail.of(new double[0])).isEmpty();
    }

    private static double[] normal(long seed, int count, double mean, double deviation) {
        var random = new Random(seed);
        return DoubleStream.generate(() -> mean + deviation * random.nextGaussian())
                .limit(count)
                .toArray();
    }
}
