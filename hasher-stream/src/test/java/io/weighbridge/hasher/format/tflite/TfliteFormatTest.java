package io.weighbridge.hasher.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were built with the flatbuffers package: see make_tflite.py. */
class TfliteFormatTest extends ReaderContract {

    @BeforeEach
    void shouldHaveAFolder() throws IOException {
        Files.createDirectories(folder.resolve("tflite"));
    }

    @Override
    protected String sample() {
        return "tflite/tiny.tflite";
    }

    @Override
    protected String format() {
        return "tflite";
    }

    @Override
    protected List<String> variants() {
        return List.of(
                "tflite/tiny-behind.tflite",
                "tflite/tiny-half.tflite",
                "tflite/tiny-int8.tflite",
                "tflite/quantised.tflite",
                "tflite/kinds.tflite");
    }

    /** The dense layer behind the image included, whether the model flattens it or leaves that to the layer. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny", "tiny-behind", "tiny-image"})
    void shouldReadWhatPyTorchHolds(String name) throws IOException {
        var layers = layers(name);
        assertThat(weights(layers)).isEqualTo(weights(ModelFixtures.expected("tiny")));
        assertThat(layers.stream().map(Layer::name)).containsExactly("conv", "depth", "point", "hidden", "head");
    }

    @Test
    void shouldFindHalfPrecisionBehindItsConversion() throws IOException {
        var layers = layers("tiny-half");
        var expected = ModelFixtures.expected("tiny");
        assertThat(layers).hasSameSizeAs(expected);
        for (int i = 0; i < layers.size(); i++) {
            assertThat(layers.get(i).inputs()).isEqualTo(expected.get(i).inputs());
            for (int j = 0; j < layers.get(i).weights().size(); j++) {
                float weight = expected.get(i).weights().get(j);
                float half = layers.get(i).weights().get(j);
                assertThat(Math.abs(half - weight)).isLessThanOrEqualTo(Math.abs(weight) / 2048 + 1e-7f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-int8", "quantised", "kinds"})
    void shouldReadWhatTheNumbersStandFor(String name) throws IOException {
        assertThat(layers(name)).isEqualTo(ModelFixtures.expected("tflite/" + name));
    }

    @Test
    void shouldCountConstants() throws IOException {
        var scan = scan(ModelFixtures.bytes(sample()), "model");
        assertThat(scan.getTensors()).isEqualTo(5 + 5 + 1);
        assertThat(scan.getParameters()).isEqualTo(8 * 27 + 72 + 96 + 48 * 64 + 640 + 8 + 8 + 12 + 64 + 10 + 2);
    }

    @ParameterizedTest
    @CsvSource({
        "sparse, UNSUPPORTED, tensor w: sparse weights are not read",
        "densified, UNSUPPORTED, tensor dense: sparse weights are not read",
        "shuffled, UNSUPPORTED, shuffled weights of FULLY_CONNECTED are not read",
        "external, UNSUPPORTED, tensor w: weights in another file are not read",
        "unscaled, UNSUPPORTED, tensor w: whole numbers without a scale are not read",
        "blockwise, UNSUPPORTED, tensor w: custom or blockwise quantisation is not read",
        "complex, UNSUPPORTED, tensor w: weights of type 8 are not read",
        "custom, UNSUPPORTED, 'the only weights are those of custom operators, which are not read: ethos-u'",
        "scales, MALFORMED, 'tensor w: expected a scale for each index of axis 0 of shape [4, 4], got 3'",
        "zeros, MALFORMED, 'tensor w: expected 1 zero points, got 2'",
        "short, MALFORMED, 'tensor w: expected 64 bytes for shape [4, 4] and type F32, got 60'",
    })
    void shouldSayWhyWeightsAreNotRead(String file, Outcome outcome, String reason) throws IOException {
        var scan = scan(ModelFixtures.bytes("tflite/" + file + ".tflite"), "model");
        assertThat(scan.getReason()).isEqualTo(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
        assertThat(scan.getFormat()).isEqualTo(format());
    }

    @Test
    void shouldRefuseARootOutsideOfTheFile() throws IOException {
        var model = ModelFixtures.bytes(sample());
        ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN).putInt(0, -2);
        var scan = scan(model, "model");
        assertThat(scan.getReason())
                .isEqualTo("model at byte 4294967294: expected 4 bytes, the file ends at byte " + model.length);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldRefuseBuffersBehindTheEndOfTheFile() throws IOException {
        var model = ModelFixtures.bytes("tflite/tiny-behind.tflite");
        var cut = Arrays.copyOf(model, model.length - 1);
        var scan = scan(cut, "model");
        assertThat(scan.getReason())
                .matches("buffer \\d+: expected bytes before the end of the file at byte " + cut.length + ", got .*");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldHoldNamesAndTensorsToTheirLimits() throws IOException {
        var limits = ReadLimits.STANDARD;
        var file = ModelFixtures.copyTo(folder, sample());
        var few = new ReadLimits(
                limits.maxHeaderBytes(), 3, limits.maxTensorWeights(), limits.maxEntries(), limits.maxInflatedBytes());
        assertThat(scan(file, few).getReason()).contains("more than maxTensors = 3");
        var small = new ReadLimits(
                500, limits.maxTensors(), limits.maxTensorWeights(), limits.maxEntries(), limits.maxInflatedBytes());
        assertThat(scan(file, small).getReason()).contains("more than maxHeaderBytes = 500");
        assertThat(scan(file, small).getOutcome()).isEqualTo(Outcome.TOO_LARGE);
    }

    private List<Layer> layers(String name) throws IOException {
        return ModelFixtures.layers(ModelFixtures.copyTo(folder, "tflite/" + name + ".tflite"));
    }

    private static List<Layer> weights(List<Layer> layers) {
        return layers.stream()
                .map(layer -> new Layer(
                        "", layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights()))
                .toList();
    }
}
