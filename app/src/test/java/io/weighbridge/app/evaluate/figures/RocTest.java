package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocTest {

    @Test
    void shouldCountByHand() {
        var roc = Roc.of(new double[] {5, 3, 2}, new double[] {4, 2, 1, 0, 0});

        // 5 beats all five; 3 beats four; 2 beats three and ties with one.
        assertThat(roc.auc()).isEqualTo((5 + 4 + 3.5) / 15);
        assertThat(roc.beforeFirstFalse()).isEqualTo(1.0 / 3);
        assertThat(roc.thresholdAt(.2)).isEqualTo(2);
        assertThat(roc.caughtAbove(2)).isEqualTo(2.0 / 3);
        assertThat(roc.falseAbove(2)).isEqualTo(.2);
        assertThat(roc.thresholdAt(.19)).isEqualTo(4);
        assertThat(roc.thresholdAt(1)).isZero();
    }

    @Test
    void shouldCountTiesAgainstTheHashAtThresholds() {
        var roc = Roc.of(new double[] {2, 2}, new double[] {2, 1});

        assertThat(roc.beforeFirstFalse()).isZero();
        assertThat(roc.auc()).isEqualTo(.75);
    }

    @Test
    void shouldEqualCountingAllPairs() {
        for (long seed = 1; seed <= 20; seed++) {
            var random = new SplittableRandom(seed);
            double[] copies = random.doubles(1 + random.nextInt(40))
                    .map(x -> Math.floor(12 * x))
                    .toArray();
            double[] strangers = random.doubles(1 + random.nextInt(60))
                    .map(x -> Math.floor(9 * x))
                    .toArray();
            var roc = Roc.of(copies, strangers);
            double rate = random.nextDouble();

            assertThat(roc.auc()).as("seed " + seed).isCloseTo(auc(copies, strangers), within(1e-12));
            double threshold = roc.thresholdAt(rate);
            assertThat(roc.falseAbove(threshold)).as("seed " + seed).isLessThanOrEqualTo(rate);
            assertThat(roc.caughtAbove(threshold))
                    .as("seed " + seed)
                    .isEqualTo(Arrays.stream(copies).filter(x -> x > threshold).count() / (double) copies.length);
            // No lower threshold among the scores keeps the rate.
            double lower =
                    Arrays.stream(strangers).filter(x -> x < threshold).max().orElse(-1);
            assertThat(roc.falseAbove(lower) > rate || lower == -1)
                    .as("seed " + seed)
                    .isTrue();
        }
    }

    @Test
    void shouldDrawACurveThatRises() {
        var random = new SplittableRandom(7);
        var roc = Roc.of(
                random.doubles(50).map(x -> x + .3).toArray(),
                random.doubles(1000).toArray());

        var curve = roc.curve();

        assertThat(curve.get(0).falseMatchRate()).isEqualTo(.001);
        assertThat(curve.get(0).caught()).isEqualTo(roc.caughtAbove(roc.thresholdAt(.001)));
        assertThat(curve.get(curve.size() - 1)).isEqualTo(new Roc.Point(1, 1));
        assertThat(curve).isSortedAccordingTo((a, b) -> Double.compare(a.caught(), b.caught()));
    }

    @Test
    void shouldNeedBothSides() {
        assertThatThrownBy(() -> Roc.of(new double[0], new double[] {1})).hasMessageContaining("got 0 and 1");
    }

    private static double auc(double[] copies, double[] strangers) {
        double wins = 0;
        for (double copy : copies) {
            for (double stranger : strangers) {
                wins += copy > stranger ? 1 : copy == stranger ? .5 : 0;
            }
        }
        return wins / copies.length / strangers.length;
    }
}
