package io.weighbridge.hasher.format.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.hasher.format.zip.ZipBytes;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KerasArchiveFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.keras";
    }

    @Override
    protected String format() {
        return "keras";
    }

    @Override
    protected List<String> variants() {
        return List.of("tiny-deflated.keras", "nested.keras", "types.keras", "own.keras");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.keras", "tiny-deflated.keras"})
    void shouldReadWhatPyTorchHolds(String file) throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, file));
        assertThat(layers.stream().map(KerasArchiveFormatTest::withoutName))
                .isEqualTo(ModelFixtures.expected("tiny").stream()
                        .map(KerasArchiveFormatTest::withoutName)
                        .toList());
        assertThat(layers.stream().map(Layer::name))
                .containsExactly("conv/vars/0", "depth/vars/0", "point/vars/0", "hidden/vars/0", "head/vars/0");
    }

    /** In all three layouts: nested models, names that occur in several of them, branches, and all layers that have a layout of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"nested.keras", "nested-3.h5", "nested-2.h5"})
    void shouldReadNestedModels(String file) throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, file)).stream()
                        .map(KerasArchiveFormatTest::withoutName))
                .containsExactlyElementsOf(ModelFixtures.expected("nested").stream()
                        .map(KerasArchiveFormatTest::withoutName)
                        .toList());
    }

    @Test
    void shouldNameLayersByTheirPlace() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "nested.keras")).stream()
                        .map(Layer::name))
                .contains(
                        "stem/conv/vars/0",
                        "stem/sep/vars/1",
                        "body/up/vars/0",
                        "classifier/conv/vars/0",
                        "head/vars/0");
    }

    /** Keras stores it as two bytes of no type, and marks it by an attribute. */
    @Test
    void shouldReadBfloat16() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "bfloat16.keras")))
                .extracting(ModelFixtures.Layer::weights)
                .containsExactly(ModelFixtures.expected("bfloat16").get(0).weights());
    }

    @Test
    void shouldNotGuessWhatTwoBytesOfNoTypeAre() throws IOException {
        var scan = scan(weights("bfloat16.keras", "bfloat16", "bfloat17"), "model.weights.h5");
        assertThat(scan.getReason()).contains("dense/vars/0: two bytes of no type, not marked as bfloat16");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    /** The HDF5 file in an archive, with a text replaced by another one as long. */
    private static byte[] weights(String archive, String text, String other) throws IOException {
        try (var zip = new ZipInputStream(new ByteArrayInputStream(ModelFixtures.bytes(archive)))) {
            while (!zip.getNextEntry().getName().endsWith(".h5")) {
                // Entries before it are passed over.
            }
            var weights = new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(weights).contains(text);
            return weights.replace(text, other).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Half precision, variables of a cell inside a layer; no embeddings. */
    @Test
    void shouldReadEveryType() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "types.keras")))
                .containsExactlyElementsOf(ModelFixtures.expected("types"));
    }

    @Test
    void shouldReadAModelOfAnUnknownClass() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "own.keras")))
                .containsExactlyElementsOf(ModelFixtures.expected("own"));
    }

    @Test
    void shouldNotReadTheOptimizer() throws IOException {
        try (var file = ModelBytes.open(ModelFixtures.copyTo(folder, sample()), Duration.ofMinutes(1))) {
            assertThat(ModelFormats.of(file, ReadLimits.STANDARD)
                            .read(file, ReadLimits.STANDARD)
                            .tensors())
                    .isEqualTo(13);
        }
    }

    @Test
    void shouldNotUnpickleWeights() throws IOException {
        expect(
                archive("{}", "model.weights.npz", new byte[3]),
                Outcome.UNSUPPORTED,
                "model.weights.npz: a NumPy archive of pickled dictionaries");
    }

    @Test
    void shouldRefuseABrokenConfiguration() throws IOException {
        expect(
                archive("[1]", "model.weights.h5", new byte[9]),
                Outcome.MALFORMED,
                "config.json: expected an object with");
        expect(
                archive("{\"a\"", "model.weights.h5", new byte[9]),
                Outcome.MALFORMED,
                "config.json: Unexpected end-of-input");
        var deep = "{\"class_name\":\"A\",\"config\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
        expect(
                archive(deep, "model.weights.h5", new byte[9]),
                Outcome.MALFORMED,
                "config.json: Document nesting depth");
    }

    @Test
    void shouldRefuseWeightsThatAreNotHdf5() throws IOException {
        expect(
                archive("{\"class_name\":\"Sequential\"}", "model.weights.h5", new byte[900]),
                Outcome.MALFORMED,
                "model.weights.h5: HDF5, superblock: ");
    }

    @Test
    void shouldNameTheLimitThatIsExceeded() throws IOException {
        var file = ModelFixtures.copyTo(folder, sample());
        assertThat(scan(file, new ReadLimits(500, 100, 1 << 20, 10, 1 << 20)).getReason())
                .contains("zip entry config.json")
                .contains("maxHeaderBytes = 500");
        assertThat(scan(file, new ReadLimits(1 << 20, 3, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxTensors = 3");
        assertThat(scan(file, new ReadLimits(1 << 20, 100, 500, 10, 1 << 20)).getReason())
                .contains("maxTensorWeights = 500");
    }

    private static byte[] archive(String config, String weightsName, byte[] weights) {
        return ZipBytes.stored("config.json", config.getBytes(StandardCharsets.UTF_8), weightsName, weights);
    }

    private void expect(byte[] bytes, Outcome outcome, String reason) throws IOException {
        var scan = scan(bytes, "model.keras");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private static Layer withoutName(Layer layer) {
        return new Layer("", layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights());
    }
}
