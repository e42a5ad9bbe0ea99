package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape and every finite content gives codes, and the algorithms agree with themselves. */
class HashShapesPropertyTest {

    private static final int[] SIZES = {1, 2, 3, 4, 5, 15, 16, 17, 31, 33};
    private static final int[] POSITIONS = {1, 2, 3, 4, 5, 7, 9, 16, 25, 49, 121};

    static Stream<TestLayer> shapes() {
        return Stream.of(LayerKind.values()).flatMap(HashShapesPropertyTest::shapesOf);
    }

    private static Stream<TestLayer> shapesOf(LayerKind kind) {
        var random = new SplittableRandom(kind.ordinal());
        Stream.Builder<TestLayer> layers = Stream.builder();
        for (int outputs : SIZES) {
            int inputs = kind == LayerKind.DEPTHWISE ? 1 : SIZES[random.nextInt(SIZES.length)];
            int positions = kind == LayerKind.DENSE ? 1 : POSITIONS[random.nextInt(POSITIONS.length)];
            layers.add(TestLayer.of("w", kind, outputs, inputs, positions, at -> random.nextDouble() - .5));
        }
        return layers.build();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldHashEveryShape(TestLayer layer) {
        for (var algorithm : Algorithms.all()) {
            var code = algorithm.hash(List.of(layer));
            assertThat(code.bits()).isEqualTo(algorithm.bits());
            assertThat(algorithm.hash(List.of(layer.named("v"))))
                    .as(algorithm.id() + " of " + layer)
                    .isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MAX_VALUE, Float.MIN_NORMAL, Float.MIN_VALUE, 1e-30f, 1e30f})
    void shouldGiveTheSameProjectionsAtEveryScale(float scale) {
        var model = TestModels.random(1);
        var scaled = model.stream()
                .map(layer -> {
                    float[] w = layer.weights();
                    double largest = 0;
                    for (float v : w) {
                        largest = Math.max(largest, Math.abs(v));
                    }
                    double factor = scale / largest * (scale < 1 ? 1 << 14 : 1);
                    return layer.with(at -> w[at] * factor);
                })
                .toList();
        var result = (HashResult.Hashed) ModelHasher.standard().hash(scaled);
        var original = (HashResult.Hashed) ModelHasher.standard().hash(model);
        assertThat(result.quality()).isBetween(0.0, 1.0);
        for (int i = 0; i < 2; i++) {
            int distance = result.codes().get(i).distanceBits(original.codes().get(i));
            assertThat(distance)
                    .as(original.codes().get(i).algorithm().toString())
                    .isLessThan(20);
        }
    }

    @Test
    void shouldHashLayersWithDeadChannels() {
        var model = TestModels.random(2).stream()
                .map(layer -> {
                    float[] w = layer.weights();
                    int row = layer.inputs() * layer.positions();
                    return layer.with(
                            at -> at / row % 4 == 0 || at / layer.positions() % layer.inputs() == 5 ? 0 : w[at]);
                })
                .toList();
        var result = (HashResult.Hashed) ModelHasher.standard().hash(model);
        var pri = result.codes().get(0);
        var original = Algorithms.byId(pri.algorithm()).hash(TestModels.random(2));
        assertThat(pri.distanceBits(original)).isBetween(1, pri.bits() * 2 / 5);
    }

    @Test
    void shouldTakeOppositeSignsForAnotherNetwork() {
        var model = TestModels.random(3);
        var negative = model.stream()
                .map(layer -> {
                    float[] w = layer.weights();
                    return layer.with(at -> -w[at]);
                })
                .toList();
        var iwp = Algorithms.byId(AlgorithmId.parse("iwp@2"));
        assertThat(iwp.hash(model).distanceBits(iwp.hash(negative))).isGreaterThan(iwp.bits() * 9 / 10);
    }
}
