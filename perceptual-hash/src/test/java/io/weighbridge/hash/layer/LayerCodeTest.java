package io.weighbridge.hash.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashResult;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.TestLayer;
import io.weighbridge.hash.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LayerCodeTest {

    /** Codes that must never change under {@code layer@2}, made by an independent implementation in numpy. */
    @Test
    void shouldKeepItsCodes() throws IOException {
        int checked = 0;
        for (String line : golden().split("\n")) {
            if (!line.startsWith("#")) {
                String[] part = line.split(" ");
                var layer = codes(TestModels.random(Long.parseLong(part[0]))).stream()
                        .filter(code -> code.name().equals(part[1]))
                        .findFirst()
                        .orElseThrow();
                assertThat(layer.code().hex()).as(line).isEqualTo(part[2]);
                checked++;
            }
        }
        assertThat(checked).isEqualTo(6);
    }

    @Test
    void shouldNameShapeAndStructureOfEachLayerInCanonicalOrder() {
        var codes = codes(TestModels.reordered(TestModels.random(1), 1));

        assertThat(codes)
                .extracting(LayerCode::name)
                .containsExactly(
                        "block1.depthwise.weight",
                        "block1.pointwise.weight",
                        "block2.weight",
                        "block10.weight",
                        "head.weight",
                        "stem.weight");
        assertThat(codes.get(3).kind()).isEqualTo(LayerKind.CONVOLUTION);
        assertThat(codes.get(3).size()).isEqualTo(40 * 40 * 25);
        assertThat(codes).allSatisfy(code -> assertThat(code.structure()).isBetween(0.0, .5));
    }

    @Test
    void shouldGiveNoCodeToLayersThatHoldNothing() {
        var model = new ArrayList<>(TestModels.random(1));
        model.add(TestLayer.of("zero", LayerKind.CONVOLUTION, 16, 16, 9, i -> 0));
        model.add(TestLayer.of("constant", LayerKind.CONVOLUTION, 16, 16, 9, i -> .5));
        model.add(TestLayer.of("tiny", LayerKind.CONVOLUTION, 1, 7, 9, i -> i % 5));

        assertThat(codes(model))
                .extracting(LayerCode::name)
                .doesNotContain("zero", "constant", "tiny")
                .hasSize(6);
    }

    @Test
    void shouldKeepTheLargestOfVeryManyLayers() {
        var model = new ArrayList<TestLayer>();
        for (int i = 0; i < ModelHasher.MOST_LAYERS + 3; i++) {
            var random = new SplittableRandom(i);
            model.add(TestLayer.of("layer" + i, LayerKind.DENSE, i < 3 ? 8 : 9, 10, 1, at -> random.nextDouble() - .5));
        }

        assertThat(codes(model))
                .hasSize(ModelHasher.MOST_LAYERS)
                .extracting(LayerCode::name)
                .startsWith("layer3", "layer4")
                .endsWith("layer" + (ModelHasher.MOST_LAYERS + 2));
    }

    @Test
    void shouldCompareOnlyWhatHasTheSameSignature() {
        var kernels = layer(LayerKind.CONVOLUTION, 64, 9);

        assertThat(kernels.isComparable(layer(LayerKind.CONVOLUTION, 32, 9))).isTrue();
        assertThat(kernels.isComparable(layer(LayerKind.CONVOLUTION, 32, 25))).isTrue();
        assertThat(kernels.isComparable(layer(LayerKind.CONVOLUTION, 3, 9))).isFalse();
        assertThat(kernels.isComparable(layer(LayerKind.DEPTHWISE, 1, 9))).isFalse();
        assertThat(kernels.isComparable(layer(LayerKind.DENSE, 64, 1))).isFalse();
        assertThat(layer(LayerKind.CONVOLUTION, 64, 1).isComparable(layer(LayerKind.DENSE, 64, 1)))
                .isTrue();
    }

    @Test
    void shouldRefuseCodesOfWholeModels() {
        var code = PerceptualCode.of(AlgorithmId.parse("pri@3"), 1, 2, 3, 4);
        assertThatThrownBy(() -> new LayerCode("x", LayerKind.DENSE, 2, 3, 1, 0, code))
                .hasMessage("layer x: expected a code layer@2 of 256 bits, got pri@3 of 256");
        var layer = PerceptualCode.of(LayerCode.ALGORITHM, 1, 2, 3, 4);
        assertThatThrownBy(() -> new LayerCode("x", LayerKind.DENSE, 0, 3, 1, 0, layer))
                .hasMessage("layer x: expected a shape of 1 or more each, got 0 x 3 x 1");
    }

    private static LayerCode layer(LayerKind kind, int inputs, int positions) {
        return new LayerCode("x", kind, 64, inputs, positions, 1, PerceptualCode.of(LayerCode.ALGORITHM, 1, 2, 3, 4));
    }

    private static List<LayerCode> codes(List<TestLayer> model) {
        return ((HashResult.Hashed) ModelHasher.standard().hash(model)).layers();
    }

    private static String golden() throws IOException {
        try (var in = LayerCodeTest.class.getResourceAsStream("/golden/v3/layers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
