package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelHasherTest {

    private static final ModelHasher HASHER = ModelHasher.standard();

    @Test
    void shouldGiveOneCodeOfEachAlgorithmInOrder() {
        var codes = codes(TestModels.random(1));
        assertThat(codes.stream().map(PerceptualCode::algorithm))
                .containsExactlyElementsOf(
                        Algorithms.all().stream().map(HashAlgorithm::id).toList());
        for (int i = 0; i < codes.size(); i++) {
            assertThat(codes.get(i).bits()).isEqualTo(HASHER.algorithms().get(i).bits());
        }
    }

    @Test
    void shouldGiveTheSameCodesAsEachAlgorithmAlone() {
        var model = TestModels.random(2);
        assertThat(codes(model))
                .isEqualTo(HASHER.algorithms().stream()
                        .map(algorithm -> algorithm.hash(model))
                        .toList());
    }

    @Test
    void shouldGiveTheThresholdOfAFalseMatchRate() {
        for (var algorithm : HASHER.algorithms()) {
            int bits = algorithm.bits() / 4;
            double rate = algorithm.falseMatchRate(bits);
            assertThat(algorithm.thresholdBits(rate)).isEqualTo(bits);
            assertThat(algorithm.thresholdBits(rate * .999)).isEqualTo(bits - 1);
            assertThat(algorithm.thresholdBits(0)).isEqualTo(-1);
            assertThat(algorithm.thresholdBits(1)).isEqualTo(algorithm.bits());
        }
    }

    @Test
    void shouldLoadEachLayerOnceAndOnlyOneAtATime() {
        var loads = new ArrayList<String>();
        var model = TestModels.random(3).stream()
                .map(layer -> new CountedLayer(layer, loads))
                .toList();
        HASHER.hash(model);
        assertThat(loads)
                .containsExactly(
                        "block1.depthwise.weight",
                        "block1.pointwise.weight",
                        "block2.weight",
                        "block10.weight",
                        "head.weight",
                        "stem.weight");
    }

    @Test
    void shouldNotDependOnTheOrderOfTheLayersInTheFile() {
        var model = TestModels.random(4);
        assertThat(codes(TestModels.reordered(model, 1))).isEqualTo(codes(model));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void shouldRefuseWeightsThatAreNotFinite(float value) {
        var model = replaced(TestModels.random(5), 3, at -> at == 77 ? value : 1);
        assertThat(degenerate(model).reason())
                .isEqualTo("layer block2.weight, weight 77: expected a finite number, got " + value);
    }

    @Test
    void shouldRefuseZerosAndConstants() {
        for (double value : new double[] {0, -0.0, .25}) {
            var model = TestModels.random(6).stream()
                    .map(layer -> layer.with(at -> value))
                    .toList();
            assertThat(degenerate(model).reason()).startsWith("expected at least 2048 non-zero weights");
            assertThat(degenerate(model).quality()).isZero();
        }
    }

    @Test
    void shouldRefuseTooFewWeights() {
        assertThat(degenerate(List.of(TestModels.random(7).get(0))).reason()).endsWith("got 648");
        assertThat(degenerate(List.of()).reason()).endsWith("got 0");
    }

    @Test
    void shouldHashTheRestWhenOneLayerIsConstant() {
        var model = replaced(TestModels.random(8), 3, at -> 1);
        var pri = Algorithms.byId(AlgorithmId.parse("pri@3"));
        assertThat(pri.hash(model).distanceBits(pri.hash(TestModels.random(8)))).isLessThan(pri.thresholdBits());
    }

    @Test
    void shouldRefuseToHashWithNoAlgorithm() {
        assertThatThrownBy(() -> ModelHasher.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNameTheAlgorithmsThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> Algorithms.byId(AlgorithmId.parse("pri@9")))
                .hasMessage("algorithm: expected one of [pri@3, iwp@2, nts@1], got pri@9");
    }

    @Test
    void shouldGiveUntrainedWeightsLessQualityThanStructuredOnes() {
        var untrained = TestModels.random(9);
        var structured = untrained.stream()
                .map(layer -> {
                    float[] w = layer.weights();
                    return layer.with(at -> w[at] * (1 + at / (layer.inputs() * layer.positions()) % 7));
                })
                .toList();
        assertThat(quality(structured)).isGreaterThan(.9);
        assertThat(quality(untrained)).isLessThan(.3);
    }

    private static double quality(List<TestLayer> model) {
        return ((HashResult.Hashed) HASHER.hash(model)).quality();
    }

    private static List<PerceptualCode> codes(List<? extends WeightLayer> model) {
        return ((HashResult.Hashed) HASHER.hash(model)).codes();
    }

    private static HashResult.Degenerate degenerate(List<? extends WeightLayer> model) {
        return (HashResult.Degenerate) HASHER.hash(model);
    }

    private static List<TestLayer> replaced(
            List<TestLayer> model, int index, java.util.function.IntToDoubleFunction weight) {
        var layers = new ArrayList<>(model);
        layers.set(index, model.get(index).with(weight));
        return layers;
    }

    private record CountedLayer(TestLayer layer, List<String> loads) implements WeightLayer {

        @Override
        public String name() {
            return layer.name();
        }

        @Override
        public LayerKind kind() {
            return layer.kind();
        }

        @Override
        public int outputs() {
            return layer.outputs();
        }

        @Override
        public int inputs() {
            return layer.inputs();
        }

        @Override
        public int positions() {
            return layer.positions();
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            loads.add(name());
            layer.read(fromOutput, count, target);
        }
    }
}
