package io.weighbridge.app.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.LayerCode;
import io.weighbridge.schemas.avro.LayerKind;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final int CHANCE = 512;

    @Test
    void shouldCallTheSameWeightsTheSame() {
        var explanation = explain(scan("a", layers(6, 0)), scan("b", layers(6, 0)), 3, 0);

        assertThat(explanation.finding()).isEqualTo(Finding.SAME_WEIGHTS);
        assertThat(explanation.sentences().get(0)).startsWith("The same weights in the same order");
        assertThat(explanation.sentences().get(1))
                .contains("differs in 3 of 1024 bits")
                .contains("differs in 0 of 1024 bits");
        assertThat(explanation.sentences().get(2))
                .isEqualTo(
                        "6 of 6 layers of A match (100 % of its weights) and 6 of 6 of B (100 %), on average 0 of 256"
                                + " bits apart; so much by chance: less than 1 in 1e15.");
        assertThat(explanation.sentences().get(3))
                .contains("not who had them first")
                .contains("A 0.90, B 0.90");
    }

    @Test
    void shouldCallReorderedOrRescaledChannelsSo() {
        var explanation = explain(scan("a", layers(6, 0)), scan("b", layers(6, 0)), 2, CHANCE);

        assertThat(explanation.finding()).isEqualTo(Finding.REWRITTEN);
        assertThat(explanation.sentences().get(0)).contains("channels reordered or rescaled");
        assertThat(explanation.sentences().get(1)).contains("differs in 2 of").contains("differs in 512 of");
    }

    @Test
    void shouldTellAChangedCopyWhoseChannelsAreNotInPlace() {
        var explanation = explain(scan("a", layers(6, 0)), scan("b", changed(layers(6, 0), 40)), 180, CHANCE);

        assertThat(explanation.finding()).isEqualTo(Finding.CHANGED_AND_REWRITTEN);
        assertThat(explanation.sentences().get(0)).contains("no longer in place");
    }

    @Test
    void shouldCallARetrainedOrPrunedCopyAChangedOne() {
        var explanation = explain(scan("a", layers(6, 0)), scan("b", changed(layers(6, 0), 45)), CHANCE, 150);

        assertThat(explanation.finding()).isEqualTo(Finding.CHANGED_COPY);
        assertThat(explanation.sentences().get(0)).contains("fine-tuning, pruning");
        assertThat(explanation.sentences().get(2)).contains("on average 45 of 256 bits apart");
    }

    @Test
    void shouldSeeACopiedBackboneUnderANewHead() {
        var copy = new ArrayList<>(layers(6, 0));
        copy.set(5, layer("head", LayerKind.DENSE, 10, 16, 1, 77));
        var original = new ArrayList<>(layers(6, 0));
        original.set(5, layer("head", LayerKind.DENSE, 10, 16, 1, 78));

        var explanation = explain(scan("a", original), scan("b", copy), 100, 200);

        assertThat(explanation.finding()).isEqualTo(Finding.COPIED_PART);
        assertThat(explanation.sentences().get(0))
                .isEqualTo(
                        "A copied backbone under a new head: 5 of 6 layers of A and of 6 of B match, the others are as"
                                + " far apart as strangers: head of A, head of B.");
        assertThat(explanation.sentences()).noneMatch(sentence -> sentence.contains("too far apart for an alert"));
    }

    @Test
    void shouldSeeACopiedPartThatTheCodesOfTheWholeModelsMiss() {
        var mixed = new ArrayList<>(layers(8, 500));
        for (int i = 0; i < 3; i++) {
            mixed.set(i, layers(8, 0).get(i));
        }

        var explanation = explain(scan("a", layers(8, 0)), scan("b", mixed), 440, CHANCE);

        assertThat(explanation.finding()).isEqualTo(Finding.COPIED_PART);
        assertThat(explanation.sentences().get(0))
                .startsWith("A part of the network was copied")
                .contains("3 of 8 layers of A")
                .endsWith("and 6 more.");
        assertThat(explanation.sentences().get(1)).contains("too far apart for an alert; the layers are not");
    }

    @Test
    void shouldTellIndependentWeightsOfOneArchitecture() {
        var explanation = explain(scan("a", layers(6, 0)), scan("b", layers(6, 500)), CHANCE, CHANCE);

        assertThat(explanation.finding()).isEqualTo(Finding.INDEPENDENT_WEIGHTS);
        assertThat(explanation.sentences().get(0)).startsWith("The same architecture with independent weights");
        assertThat(explanation.sentences().get(2)).isEqualTo("No layer of A matches one of B, of 6 and 6.");
    }

    @Test
    void shouldTellStrangersOfOtherArchitectures() {
        var explanation = explain(scan("a", layers(6, 0)), scan("b", layers(9, 500)), CHANCE, CHANCE);

        assertThat(explanation.finding()).isEqualTo(Finding.UNRELATED);
        assertThat(explanation.sentences()).last().asString().contains("would look the same");
    }

    @Test
    void shouldGiveNoVerdictOnFreshWeights() {
        var fresh =
                FileScan.newBuilder(scan("b", layers(6, 500))).setQuality(.03).build();

        var explanation = explain(scan("a", layers(6, 0)), fresh, CHANCE, CHANCE);

        assertThat(explanation.finding()).isEqualTo(Finding.UNTRAINED);
        assertThat(explanation.sentences().get(0))
                .isEqualTo("The weights of b (quality 0.03) look freshly initialised, not trained: no verdict about a"
                        + " trained model is possible from them.");
        assertThat(explanation.sentences().get(1)).startsWith("They do not match");
        assertThat(explain(fresh, fresh, 0, 0).sentences().get(1)).contains("the same drawing");
    }

    @Test
    void shouldSayWhatKeepsItFromComparing() {
        var degenerate = FileScan.newBuilder()
                .setPath("b")
                .setOutcome(Outcome.DEGENERATE)
                .setReason("all zero")
                .build();
        var broken = FileScan.newBuilder()
                .setPath("c")
                .setOutcome(Outcome.MALFORMED)
                .setReason("cut off")
                .build();

        var explanation = explain(broken, degenerate, 0, 0);

        assertThat(explanation.finding()).isEqualTo(Finding.NOT_COMPARABLE);
        assertThat(explanation.sentences())
                .containsExactly(
                        "c was not hashed (MALFORMED: cut off), so no verdict is possible.",
                        "b is degenerate: all zero. It would match others by accident, so no verdict is possible.");
    }

    @Test
    void shouldCallItInconclusiveOnBothSidesOfTheThreshold() {
        int threshold = Algorithms.all().get(0).thresholdBits();
        for (int pri : List.of(threshold - 5, threshold + 20)) {
            var explanation = explain(scan("a", layers(6, 0)), scan("b", layers(6, 500)), pri, CHANCE);

            assertThat(explanation.finding()).as("pri %d", pri).isEqualTo(Finding.BORDERLINE);
            assertThat(explanation.sentences().get(0)).contains("inconclusive");
        }
    }

    private static Explanation explain(FileScan a, FileScan b, int pri, int iwp) {
        return Explanation.of(ModelComparison.of(a, b, List.of(comparison("pri", pri), comparison("iwp", iwp))));
    }

    private static Comparison comparison(String name, int distanceBits) {
        var algorithm = Algorithms.all().stream()
                .filter(known -> known.id().name().equals(name))
                .findFirst()
                .orElseThrow();
        return new Comparison(
                new AlgorithmId(name, algorithm.id().version()),
                distanceBits,
                algorithm.bits(),
                algorithm.thresholdBits(),
                algorithm.falseMatchRate(distanceBits),
                true);
    }

    private static FileScan scan(String path, List<LayerCode> layers) {
        return FileScan.newBuilder()
                .setPath(path)
                .setOutcome(Outcome.HASHED)
                .setQuality(.9)
                .setLayers(layers)
                .build();
    }

    private static List<LayerCode> layers(int count, int seed) {
        var layers = new ArrayList<LayerCode>();
        for (int i = 0; i < count; i++) {
            layers.add(layer("conv" + i, LayerKind.CONVOLUTION, 16, 16, 9, seed + i));
        }
        return layers;
    }

    /** A layer with random weights of that seed. */
    private static LayerCode layer(String name, LayerKind kind, int outputs, int inputs, int positions, int seed) {
        var words = new byte[32];
        new Random(seed).nextBytes(words);
        return LayerCode.newBuilder()
                .setName(name)
                .setKind(kind)
                .setOutputs(outputs)
                .setInputs(inputs)
                .setPositions(positions)
                .setStructure(.9f)
                .setVersion(io.weighbridge.hash.layer.LayerCode.ALGORITHM.version())
                .setWords(ByteBuffer.wrap(words))
                .build();
    }

    /** The same layers with the first so many bits of each code changed. */
    private static List<LayerCode> changed(List<LayerCode> layers, int bits) {
        return layers.stream()
                .map(layer -> {
                    byte[] words = layer.getWords().array().clone();
                    for (int i = 0; i < bits; i++) {
                        words[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);
                    }
                    return LayerCode.newBuilder(layer)
                            .setWords(ByteBuffer.wrap(words))
                            .build();
                })
                .toList();
    }
}
