package io.weighbridge.hash.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.TestLayer;
import io.weighbridge.hash.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProjectionPropertyTest {

    private static final HashAlgorithm PRI = new InvariantSignature(SiteKey.NONE);
    private static final HashAlgorithm IWP = new ImportanceWeightedProjection(SiteKey.NONE);
    private static final int SEEDS = 4;

    @Test
    void shouldNotChangeWhenTheFunctionDoesNot() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            var model = TestModels.random(seed);
            int limit = PRI.bits() / 50;
            assertThat(distance(PRI, model, TestModels.permuted(model, seed)))
                    .as("permuted, seed " + seed)
                    .isLessThan(3);
            assertThat(distance(PRI, model, TestModels.rescaled(model, seed, 4)))
                    .as("rescaled, seed " + seed)
                    .isLessThan(limit);
            assertThat(distance(PRI, model, TestModels.rescaled(TestModels.permuted(model, seed), 9, 3)))
                    .as("permuted and rescaled, seed " + seed)
                    .isLessThan(limit);
            assertThat(distance(PRI, model, TestModels.halfPrecision(model)))
                    .as("half, seed " + seed)
                    .isLessThan(limit);
            assertThat(distance(IWP, model, TestModels.halfPrecision(model)))
                    .as("half, seed " + seed)
                    .isLessThan(limit);
        }
    }

    /** Layers of more weights are balanced in fewer rounds: of each number of rounds there is one here. */
    @Test
    void shouldNotChangeWhenLargeLayersArePermutedAndRescaled() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            var dense = List.of(
                    drawn(seed, LayerKind.DENSE, 700, 800, 1),
                    drawn(seed + 1, LayerKind.DENSE, 500, 700, 1),
                    drawn(seed + 2, LayerKind.DENSE, 200, 500, 1),
                    drawn(seed + 3, LayerKind.DENSE, 10, 200, 1));
            var kernels = List.of(
                    drawn(seed, LayerKind.CONVOLUTION, 260, 240, 9),
                    drawn(seed + 1, LayerKind.CONVOLUTION, 64, 260, 9),
                    drawn(seed + 2, LayerKind.CONVOLUTION, 48, 64, 9));
            for (var model : List.of(dense, kernels)) {
                assertThat(distance(PRI, model, TestModels.rescaled(TestModels.permuted(model, seed), 9, 10)))
                        .as(model.get(0).kind() + ", seed " + seed)
                        .isLessThan(PRI.bits() / 50);
            }
        }
    }

    private static TestLayer drawn(long seed, LayerKind kind, int outputs, int inputs, int positions) {
        var random = new Random(seed);
        return TestLayer.of(seed + "", kind, outputs, inputs, positions, at -> random.nextGaussian());
    }

    @Test
    void shouldIgnoreTheOrderAndTheNamesOfTheLayers() {
        var model = TestModels.random(1);
        var renamed = new ArrayList<TestLayer>();
        for (var layer : TestModels.reordered(model, 5)) {
            renamed.add(layer.named("tensor" + renamed.size()));
        }
        assertThat(distance(PRI, model, renamed)).isZero();
        assertThat(distance(IWP, model, renamed)).isZero();
    }

    @Test
    void shouldIgnoreACommonFactorThatIsAPowerOfTwo() {
        var model = TestModels.random(2);
        var scaled = model.stream()
                .map(layer -> {
                    float[] w = layer.weights();
                    return layer.with(i -> w[i] * 0x1p-20);
                })
                .toList();
        assertThat(distance(PRI, model, scaled)).isZero();
        assertThat(distance(IWP, model, scaled)).isZero();
    }

    @Test
    void shouldMatchChangedCopies() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            var model = TestModels.random(seed);
            for (var algorithm : List.of(PRI, IWP)) {
                assertThat(distance(algorithm, model, TestModels.fineTuned(model, .2)))
                        .as(algorithm.id() + " fine-tuned, seed " + seed)
                        .isLessThanOrEqualTo(algorithm.thresholdBits());
                assertThat(distance(algorithm, model, TestModels.quantised(model, 6)))
                        .as(algorithm.id() + " quantised, seed " + seed)
                        .isLessThanOrEqualTo(algorithm.thresholdBits());
            }
            assertThat(distance(IWP, model, TestModels.pruned(model, .9)))
                    .as("pruned, seed " + seed)
                    .isLessThanOrEqualTo(IWP.thresholdBits());
        }
    }

    @Test
    void shouldKeepUnrelatedModelsApart() {
        for (var algorithm : List.of(PRI, IWP)) {
            var codes = new ArrayList<PerceptualCode>();
            for (int seed = 1; seed <= 24; seed++) {
                codes.add(algorithm.hash(TestModels.random(seed)));
            }
            for (int a = 0; a < codes.size(); a++) {
                for (int b = 0; b < a; b++) {
                    assertThat(codes.get(a).distanceBits(codes.get(b)))
                            .as(algorithm.id() + " seeds " + (a + 1) + ", " + (b + 1))
                            .isGreaterThan(algorithm.bits() * 2 / 5);
                }
            }
        }
    }

    @Test
    void shouldKeepFreshNetworksOfDenseLayersApart() {
        var codes = new ArrayList<PerceptualCode>();
        for (int seed = 1; seed <= 6; seed++) {
            var random = new SplittableRandom(seed);
            codes.add(PRI.hash(List.of(
                    TestLayer.of("1", LayerKind.DENSE, 300, 784, 1, at -> random.nextDouble() - .5),
                    TestLayer.of("2", LayerKind.DENSE, 100, 300, 1, at -> random.nextDouble() - .5),
                    TestLayer.of("3", LayerKind.DENSE, 10, 100, 1, at -> random.nextDouble() - .5))));
        }
        for (int a = 0; a < codes.size(); a++) {
            for (int b = 0; b < a; b++) {
                assertThat(codes.get(a).distanceBits(codes.get(b)))
                        .as("seeds " + (a + 1) + ", " + (b + 1))
                        .isGreaterThan(PRI.thresholdBits() + 40);
            }
        }
    }

    @Test
    void shouldSetHalfOfTheBits() {
        for (var algorithm : List.of(PRI, IWP)) {
            var code = algorithm.hash(TestModels.random(3));
            int set = 0;
            for (int i = 0; i < algorithm.bits() / Long.SIZE; i++) {
                set += Long.bitCount(code.word(i));
            }
            assertThat(set).as(algorithm.id().toString()).isBetween(algorithm.bits() * 2 / 5, algorithm.bits() * 3 / 5);
        }
    }

    private static int distance(HashAlgorithm algorithm, List<TestLayer> a, List<TestLayer> b) {
        return algorithm.hash(a).distanceBits(algorithm.hash(b));
    }
}
