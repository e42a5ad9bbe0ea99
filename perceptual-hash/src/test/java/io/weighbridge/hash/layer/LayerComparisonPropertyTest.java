package io.weighbridge.hash.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.hash.HashResult;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.TestLayer;
import io.weighbridge.hash.TestModels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerComparisonPropertyTest {

    @Test
    void shouldMatchEveryLayerOfARewrittenCopyWithItself() {
        for (long seed = 1; seed <= 3; seed++) {
            var original = TestModels.random(seed);
            var copy = TestModels.rescaled(TestModels.permuted(original, seed), seed, 3);

            var comparison = LayerComparison.of(codes(original), codes(TestModels.reordered(copy, seed)));

            assertThat(comparison.matches())
                    .as("seed %d", seed)
                    .hasSize(6)
                    .allSatisfy(pair ->
                            assertThat(pair.a().name()).isEqualTo(pair.b().name()));
            assertThat(comparison.shareOfA()).isEqualTo(1);
            assertThat(comparison.shareOfB()).isEqualTo(1);
            assertThat(comparison.falseMatchRate()).isBetween(1e-300, 1e-30);
        }
    }

    @Test
    void shouldMatchNoLayersOfUnrelatedNetworks() {
        for (long seed = 1; seed <= 12; seed++) {
            var comparison = LayerComparison.of(codes(TestModels.random(seed)), codes(TestModels.random(seed + 100)));

            assertThat(comparison.matches()).as("seed %d", seed).isEmpty();
            assertThat(comparison.pairs()).as("seed %d", seed).hasSize(6);
            assertThat(comparison.shareOfA()).isZero();
            assertThat(comparison.falseMatchRate()).as("seed %d", seed).isBetween(1e-3, 1.0);
        }
    }

    @Test
    void shouldFindACopiedHalf() {
        var original = TestModels.random(5);
        var mixed = new ArrayList<>(TestModels.random(6));
        for (int i = 0; i < 3; i++) {
            mixed.set(i, original.get(i));
        }

        var comparison = LayerComparison.of(codes(original), codes(mixed));

        assertThat(comparison.matches())
                .extracting(pair -> pair.a().name())
                .containsExactly("block1.depthwise.weight", "block1.pointwise.weight", "stem.weight");
        long copied =
                comparison.matches().stream().mapToLong(pair -> pair.a().size()).sum();
        long all = original.stream().mapToLong(TestLayer::size).sum();
        assertThat(comparison.shareOfB()).isCloseTo((double) copied / all, within(1e-12));
        assertThat(comparison.falseMatchRate()).isLessThan(1e-15);
    }

    @Test
    void shouldGiveTheSameInAnyOrderAndTheMirrorImageTheOtherWayRound() {
        for (long seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var a = crowd(random, random.nextInt(9));
            var b = crowd(random, random.nextInt(9));
            var expected = LayerComparison.of(a, b);

            assertThat(LayerComparison.of(shuffled(a, random), shuffled(b, random)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            var mirrored = LayerComparison.of(b, a);
            assertThat(mirrored.pairs().stream()
                            .map(pair -> new LayerPair(pair.b(), pair.a(), pair.distanceBits(), pair.falseMatchRate())))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(expected.pairs());
            assertThat(mirrored.falseMatchRate()).isEqualTo(expected.falseMatchRate());
            assertThat(mirrored.shareOfA()).isEqualTo(expected.shareOfB());
        }
    }

    @Test
    void shouldPairEachLayerAtMostOnceAndOnlyWithItsKind() {
        for (long seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var comparison = LayerComparison.of(crowd(random, 8), crowd(random, 5));

            assertThat(comparison.pairs())
                    .as("seed %d", seed)
                    .allSatisfy(
                            pair -> assertThat(pair.a().isComparable(pair.b())).isTrue());
            assertThat(comparison.pairs().stream().map(pair -> pair.a().name()))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
            assertThat(comparison.pairs().stream().map(pair -> pair.b().name()))
                    .as("seed %d", seed)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldCountTheChancesThatALayerHad() {
        var layer = layer("a", 0, 0);
        var others = IntStream.range(0, 10)
                .mapToObj(i -> layer("b" + i, 20 + 5 * i, 0))
                .toList();

        double alone = LayerComparison.of(List.of(layer), others.subList(0, 1))
                .pairs()
                .get(0)
                .falseMatchRate();
        double among = LayerComparison.of(List.of(layer), others).pairs().get(0).falseMatchRate();

        assertThat(among).isCloseTo(10 * alone, within(1e-12 * alone));
    }

    @Test
    void shouldGiveNothingForModelsWithoutLayerCodes() {
        var comparison = LayerComparison.of(List.of(), List.of(layer("b", 0, 0)));

        assertThat(comparison.pairs()).isEmpty();
        assertThat(comparison.falseMatchRate()).isEqualTo(1);
        assertThat(comparison.shareOfA()).isZero();
        assertThat(comparison.shareOfB()).isZero();
    }

    private static List<LayerCode> codes(List<TestLayer> model) {
        return ((HashResult.Hashed) ModelHasher.standard().hash(model)).layers();
    }

    /** Layers of two kinds whose codes are few, so that many distances are equal. */
    private static List<LayerCode> crowd(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> layer("layer" + i, random.nextInt(4) * 8, random.nextInt(2)))
                .toList();
    }

    /** A layer whose code differs from zero in so many bits. */
    private static LayerCode layer(String name, int bits, int kind) {
        var words = new long[LayerCode.BITS / Long.SIZE];
        for (int i = 0; i < bits; i++) {
            words[i / Long.SIZE] |= 1L << i % Long.SIZE;
        }
        return new LayerCode(
                name, LayerKind.CONVOLUTION, 8, 8, kind == 0 ? 9 : 1, 1, PerceptualCode.of(LayerCode.ALGORITHM, words));
    }

    private static List<LayerCode> shuffled(List<LayerCode> layers, Random random) {
        var shuffled = new ArrayList<>(layers);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
