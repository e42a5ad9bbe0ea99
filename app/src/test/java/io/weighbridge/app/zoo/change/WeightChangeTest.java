package io.weighbridge.app.zoo.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.zoo.Architecture;
import io.weighbridge.app.zoo.Network;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeightChangeTest {

    private static final String LAYER = "layer2.weight";

    private final Network network = Network.untrained(Architecture.PLAIN.blueprint(1, 6), 1);

    @Test
    void shouldPruneTheSmallestWeights() {
        var before = network.values(LAYER);

        var pruned = WeightChange.pruned(network, 0.7).values(LAYER);

        double smallestKept = Double.MAX_VALUE;
        double largestPruned = 0;
        int zeros = 0;
        for (int i = 0; i < before.length; i++) {
            if (pruned[i] == 0) {
                zeros++;
                largestPruned = Math.max(largestPruned, Math.abs(before[i]));
            } else {
                assertThat(pruned[i]).isEqualTo(before[i]);
                smallestKept = Math.min(smallestKept, Math.abs(before[i]));
            }
        }
        assertThat((double) zeros / before.length).isBetween(0.69, 0.71);
        assertThat(largestPruned).isLessThan(smallestKept);
    }

    @Test
    void shouldRoundToFewLevels() {
        var rounded = WeightChange.quantised(network, 4).values(LAYER);

        assertThat(IntStream.range(0, rounded.length).mapToObj(i -> rounded[i]).distinct())
                .hasSizeBetween(10, 16);
    }

    @Test
    void shouldAddNoiseInProportion() {
        var before = network.values(LAYER);

        var noisy = WeightChange.noisy(network, 0.1, 7).values(LAYER);

        double change = 0;
        double size = 0;
        for (int i = 0; i < before.length; i++) {
            change += Math.pow(noisy[i] - before[i], 2);
            size += Math.pow(before[i], 2);
        }
        assertThat(Math.sqrt(change / size)).isBetween(0.095, 0.105);
    }

    @Test
    void shouldRoundToHalfPrecisionAndBfloat16() {
        var half = WeightChange.halved(network).values(LAYER);
        var brainFloat = WeightChange.brainFloat(network).values(LAYER);

        for (int i = 0; i < half.length; i++) {
            float value = network.tensor(LAYER).value(i);
            assertThat(Math.abs(half[i] - value)).isLessThanOrEqualTo(Math.max(0x1p-25f, Math.abs(value) * 0x1p-11f));
            assertThat(Math.abs(brainFloat[i] - value)).isLessThanOrEqualTo(Math.abs(value) * 0x1p-8f);
            assertThat(Float.floatToRawIntBits(brainFloat[i]) & 0xffff).isZero();
        }
    }

    @Test
    void shouldAverage() {
        var doubled = WeightChange.averaged(network, network);

        assertThat(Arrays.equals(doubled.values(LAYER), network.values(LAYER))).isTrue();
    }
}
