package io.weighbridge.hasher.format.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.h5";
    }

    @Override
    protected String format() {
        return "keras-h5";
    }

    @Override
    protected List<String> variants() {
        return List.of("tiny-chunked.h5", "layers.h5", "tiny-weights.h5", "tiny-3.h5", "tiny-3.weights.h5");
    }

    /** The dense layer behind the flattening included: its inputs lie as PyTorch has them. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny.h5", "tiny-weights.h5", "tiny-chunked.h5"})
    void shouldReadWhatPyTorchHolds(String file) throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, file));
        assertThat(layers.stream().map(KerasFormatTest::withoutName))
                .isEqualTo(ModelFixtures.expected("tiny").stream()
                        .map(KerasFormatTest::withoutName)
                        .toList());
        assertThat(layers.stream().map(Layer::name))
                .containsExactly(
                        "conv/kernel:0",
                        "depth/depthwise_kernel:0",
                        "point/kernel:0",
                        "hidden/kernel:0",
                        "head/kernel:0");
    }

    /** The legacy mode of Keras 3 has names without {@code :0}, and calls the depthwise kernel a kernel. */
    @Test
    void shouldReadTheLegacyModeOfKeras3() throws IOException {
        expectTiny(
                "tiny-3.h5",
                "sequential/conv/kernel",
                "sequential/depth/kernel",
                "sequential/point/kernel",
                "sequential/hidden/kernel",
                "sequential/head/kernel");
    }

    /** Without a configuration classes and order are told by the groups. */
    @Test
    void shouldReadWeightsOfKeras3Alone() throws IOException {
        expectTiny(
                "tiny-3.weights.h5",
                "conv2d/vars/0",
                "depthwise_conv2d/vars/0",
                "conv2d_1/vars/0",
                "dense/vars/0",
                "dense_1/vars/0");
    }

    private void expectTiny(String file, String... names) throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, file));
        assertThat(layers.stream().map(KerasFormatTest::withoutName))
                .isEqualTo(ModelFixtures.expected("tiny").stream()
                        .map(KerasFormatTest::withoutName)
                        .toList());
        assertThat(layers.stream().map(Layer::name)).containsExactly(names);
    }

    @Test
    void shouldReadBfloat16() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "bfloat16.weights.h5")))
                .containsExactlyElementsOf(ModelFixtures.expected("bfloat16"));
    }

    /** Groups with several names, their parents among them: each is read once. */
    @Test
    void shouldNotGoRoundInCircles() throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, "loop.weights.h5"));
        assertThat(layers.stream().map(Layer::name)).containsExactly("dense/vars/0");
    }

    @Test
    void shouldBoundTheDepth() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "deep.weights.h5"));
        assertThat(scan.getReason()).isEqualTo("HDF5: expected at most 64 groups in each other");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldNotFollowALinkAmongVariables() throws IOException {
        ModelFixtures.copyTo(folder, "tiny-3.weights.h5");
        var scan = scan(ModelFixtures.copyTo(folder, "linked.weights.h5"));
        assertThat(scan.getReason()).isEqualTo("HDF5, /layers/dense/vars/0: links are not followed");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldUndoTheLayoutOfEveryLayer() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "layers.h5")))
                .containsExactlyElementsOf(ModelFixtures.expected("layers"));
    }

    /** Written by libhdf5: the same numbers in every layout and under every filter, in old and new groups. */
    @ParameterizedTest
    @ValueSource(strings = {"filters.h5", "filters-latest.h5"})
    void shouldUndoEveryFilter(String file) throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, file));

        assertThat(layers).hasSize(11);
        assertThat(layers).extracting(Layer::weights).containsOnly(layers.get(0).weights());
    }

    @Test
    void shouldFindTheSignatureBehindAUserBlock() throws IOException {
        var model = ModelFixtures.bytes(sample());
        var shifted =
                ByteBuffer.allocate(512 + model.length).position(512).put(model).array();
        assertThat(scan(shifted, "shifted").getFormat()).isEqualTo("keras-h5");
    }

    @Test
    void shouldNotFollowALinkToAnotherFile() throws IOException {
        ModelFixtures.copyTo(folder, "tiny.h5");
        var scan = scan(ModelFixtures.copyTo(folder, "external-link.h5"));
        assertThat(scan.getReason()).isEqualTo("HDF5, /model_weights/dense/kernel:0: links are not followed");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldNotReadNumbersOfAnotherFile() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "external-storage.h5"));
        assertThat(scan.getReason()).contains("External Data Files");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldNameAnHdf5FileThatIsNoModel() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "other.h5"));
        assertThat(scan.getReason()).isEqualTo("an HDF5 file that is no Keras model: no attribute layer_names");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldNameTheLimitThatIsExceeded() throws IOException {
        var file = ModelFixtures.copyTo(folder, sample());
        assertThat(scan(file, new ReadLimits(100, 100, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxHeaderBytes = 100");
        assertThat(scan(file, new ReadLimits(1 << 20, 3, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxTensors = 3");
        assertThat(scan(file, new ReadLimits(1 << 20, 100, 500, 10, 1 << 20)).getReason())
                .contains("maxTensorWeights = 500");
    }

    @Test
    void shouldDefuseAChunkThatInflatesWithoutEnd() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "bomb.h5"));
        assertThat(scan.getReason()).contains("a chunk does not inflate to at most");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    private static Layer withoutName(Layer layer) {
        return new Layer("", layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights());
    }
}
