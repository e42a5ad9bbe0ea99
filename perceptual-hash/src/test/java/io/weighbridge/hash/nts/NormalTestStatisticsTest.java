package io.weighbridge.hash.nts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.TestLayer;
import io.weighbridge.hash.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalTestStatisticsTest {

    private static final int SHORT = 64;

    @Test
    void shouldHashWithEveryVariant() {
        var model = TestModels.random(1);
        var codes = new HashSet<PerceptualCode>();
        for (var variant : variants()) {
            var code = NormalTestStatistics.of(variant).hash(model);
            assertThat(code.bits()).as(variant.toString()).isEqualTo(variant.bits());
            codes.add(code);
        }
        // Of the largest weights only kurtosis and Jarque-Bera may order the segments alike.
        assertThat(codes).hasSizeGreaterThanOrEqualTo(variants().size() - 1);
    }

    @Test
    void shouldStayNearWhenWeightsMoveALittle() {
        for (var variant : variants()) {
            var algorithm = NormalTestStatistics.of(variant);
            for (int seed = 1; seed <= 3; seed++) {
                var model = TestModels.random(seed);
                var code = algorithm.hash(model);
                int near = code.distanceBits(algorithm.hash(TestModels.fineTuned(model, .01)));
                int far = code.distanceBits(algorithm.hash(TestModels.random(seed + 100)));
                assertThat(near).as(variant + ", seed " + seed).isLessThan(far);
            }
        }
    }

    @Test
    void shouldKeepItsCodes() throws IOException {
        var golden = new ArrayList<String>();
        for (var variant : variants()) {
            golden.add(variant + " "
                    + NormalTestStatistics.of(variant)
                            .hash(TestModels.random(1))
                            .hex());
        }
        assertThat(golden).containsExactlyElementsOf(golden("nts.txt"));
    }

    @Test
    void shouldSetHalfOfTheBits() {
        var code = NormalTestStatistics.standard().hash(TestModels.random(2));
        int set = 0;
        for (int i = 0; i < code.bits() / Long.SIZE; i++) {
            set += Long.bitCount(code.word(i));
        }
        assertThat(set).isBetween(code.bits() / 2 - 1, code.bits() / 2 + 1);
    }

    @Test
    void shouldSelectTheLargestWeights() {
        var layer = TestLayer.of("w", LayerKind.DENSE, 2, 5, 1, at -> at % 2 == 0 ? at : -at);
        assertThat(Importance.WEIGHT_MAGNITUDE.select(layer, layer.weights(), .3))
                .containsExactly(false, false, false, false, false, false, false, true, true, true);
        assertThat(Importance.WEIGHT_MAGNITUDE.selected(layer, .3)).isEqualTo(3);
    }

    @Test
    void shouldSelectTheFirstOfEqualWeights() {
        var layer = TestLayer.of("w", LayerKind.DENSE, 1, 6, 1, at -> at == 5 ? 3 : at % 2 == 0 ? 1 : -1);
        assertThat(Importance.WEIGHT_MAGNITUDE.select(layer, layer.weights(), .5))
                .containsExactly(true, true, false, false, false, true);
    }

    @Test
    void shouldSelectWholeFilters() {
        var layer = TestLayer.of("w", LayerKind.CONVOLUTION, 3, 1, 2, at -> at < 2 ? 1 : at < 4 ? -5 : 2);
        assertThat(Importance.FILTER_L1.select(layer, layer.weights(), .5))
                .containsExactly(false, false, true, true, true, true);
    }

    @Test
    void shouldSampleLongSegmentsAtEqualSteps() {
        var segments = new Segments(NormalityTest.KURTOSIS, 1, 3L * Segments.MAX_SAMPLE);
        var numbers = new float[3 * Segments.MAX_SAMPLE];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 3 == 0 ? i : 1e9f;
        }
        segments.accept(numbers, 1000);
        segments.accept(Arrays.copyOfRange(numbers, 1000, numbers.length), numbers.length - 1000);
        var sample = new double[Segments.MAX_SAMPLE];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = 3 * i;
        }
        assertThat(segments.statistics()).containsExactly(NormalityTest.KURTOSIS.statistic(sample));
    }

    @Test
    void shouldGiveEverySegmentAStatisticWhenThereAreMoreThanWeights() {
        var segments = new Segments(NormalityTest.KURTOSIS, 64, 3);
        segments.accept(new float[] {0, 1, 2}, 3);
        assertThat(segments.statistics()).hasSize(64).containsOnly(0);
    }

    @Test
    void shouldRefuseImpossibleVariants() {
        assertThatThrownBy(() -> variant(Importance.FILTER_L1, 0, 64)).hasMessageStartingWith("fraction: expected");
        assertThatThrownBy(() -> variant(Importance.FILTER_L1, Double.NaN, 64))
                .hasMessageStartingWith("fraction: expected");
        assertThatThrownBy(() -> variant(Importance.FILTER_L1, .5, 100)).hasMessageStartingWith("segments: expected");
        assertThatThrownBy(() -> variant(Importance.FILTER_L1, .5, 0)).hasMessageStartingWith("segments: expected");
    }

    private static NtsVariant variant(Importance importance, double fraction, int segments) {
        return new NtsVariant(importance, fraction, NormalityTest.SHAPIRO_WILK, segments, Encoding.MEDIAN);
    }

    private static List<NtsVariant> variants() {
        var variants = new ArrayList<NtsVariant>();
        for (var test : NormalityTest.values()) {
            for (var encoding : Encoding.values()) {
                variants.add(new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, test, SHORT, encoding));
            }
            for (var importance : Importance.values()) {
                variants.add(new NtsVariant(importance, .5, test, SHORT, Encoding.MEDIAN));
            }
        }
        variants.add(NtsVariant.DEFAULT);
        return variants;
    }

    private static List<String> golden(String name) throws IOException {
        try (var in = NormalTestStatisticsTest.class.getResourceAsStream("/golden/v1/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
    }
}
