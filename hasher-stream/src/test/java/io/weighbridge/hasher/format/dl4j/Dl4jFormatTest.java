package io.weighbridge.hasher.format.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.hasher.format.zip.ZipBytes;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class Dl4jFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "dl4j.zip";
    }

    @Override
    protected String format() {
        return "dl4j";
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, NCHW", "DOUBLE, NCHW", "HALF, NCHW"})
    void shouldReadWhatDeeplearning4jHolds(DataType type, CNN2DFormat format) throws IOException {
        var network = Dl4jNetworks.convolutional(type, format);
        var params = network.paramTable();
        assertThat(layers(network))
                .containsExactly(
                        convolution("0_W", "CONVOLUTION", params),
                        layer("3_W", "DEPTHWISE", 12, 1, params.get("3_W").permute(2, 3, 0, 1)),
                        layer("4_W", "DEPTHWISE", 24, 1, params.get("4_W").permute(1, 0, 2, 3)),
                        convolution("4_pW", "CONVOLUTION", params),
                        convolution("6_W", "CONVOLUTION", params),
                        dense("8_W", params),
                        dense("9_W", params));
    }

    @Test
    void shouldBringChannelsToTheFrontOfAFlattenedImage() throws IOException {
        var network = Dl4jNetworks.convolutional(DataType.FLOAT, CNN2DFormat.NHWC);
        var weights = network.paramTable().get("8_W");
        long positions = weights.size(0) / 5;
        var expected = weights.transpose().reshape('c', 20, positions, 5).permute(0, 2, 1);
        assertThat(layers(network)).contains(layer("8_W", "DENSE", 20, (int) weights.size(0), expected));
    }

    @Test
    void shouldReadOneAndThreeDimensions() throws IOException {
        var one = Dl4jNetworks.oneDimensional().paramTable();
        assertThat(layers(Dl4jNetworks.oneDimensional()))
                .containsExactly(convolution("0_W", "CONVOLUTION", one), dense("1_W", one));
        var three = Dl4jNetworks.threeDimensional().paramTable();
        assertThat(layers(Dl4jNetworks.threeDimensional()))
                .containsExactly(convolution("0_W", "CONVOLUTION", three), dense("2_W", three));
    }

    @Test
    void shouldReadAComputationGraph() throws IOException {
        var graph = Dl4jNetworks.graph();
        var params = graph.paramTable();
        assertThat(layers(graph))
                .containsExactlyInAnyOrder(
                        convolution("zoom_W", "CONVOLUTION", params),
                        convolution("b_W", "CONVOLUTION", params),
                        convolution("a_W", "CONVOLUTION", params),
                        convolution("up_W", "CONVOLUTION", params),
                        dense("out_W", params));
    }

    @Test
    void shouldNotTakeAnEmbeddingForALayer() throws IOException {
        var network = Dl4jNetworks.embedding();
        assertThat(layers(network)).containsExactly(dense("1_W", network.paramTable()));
    }

    @Test
    void shouldCountAllTensorsAndParameters() throws IOException {
        var network = Dl4jNetworks.convolutional(DataType.FLOAT, CNN2DFormat.NCHW);
        var scan = scan(Dl4jNetworks.write(network, folder.resolve("m")));
        assertThat(scan.getParameters()).isEqualTo(network.numParams());
        assertThat(scan.getTensors()).isEqualTo(network.paramTable().size());
    }

    @Test
    void shouldNameALayerThatIsNotKnown() throws IOException {
        var scan = scan(Dl4jNetworks.write(Dl4jNetworks.recurrent(), folder.resolve("lstm")));
        assertThat(scan.getReason()).isEqualTo("layer 0: class LSTM is not known");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldNotLoadAClassThatAConfigurationNames() throws IOException {
        expect(
                "org.deeplearning4j.nn.conf.layers.DenseLayer",
                "javax.script.ScriptEngineManager",
                Outcome.UNSUPPORTED,
                "class javax.script.ScriptEngineManager is not known");
    }

    @Test
    void shouldNotDeserialiseAnything() throws IOException {
        var objects = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(objects)) {
            out.writeObject(new Marker());
        }
        var scan = scan(
                ZipBytes.of(ModelFixtures.bytes(sample()))
                        .with("preprocessor.bin", objects.toByteArray())
                        .with("normalizer.bin", objects.toByteArray())
                        .deflated(),
                "marked");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(Marker.read).isFalse();
    }

    @Test
    void shouldHoldTheParametersAgainstTheConfiguration() throws IOException {
        expect("\"nout\" : 10", "\"nout\" : 11", Outcome.MALFORMED, "coefficients.bin: expected ");
        expect("\"nout\" : 10", "\"nout\" : 9", Outcome.MALFORMED, "coefficients.bin: expected ");
        expect("\"nout\" : 10", "\"nout\" : -1", Outcome.MALFORMED, "expected nout > 0, got -1");
        expect("\"nout\" : 10", "\"nout\" : 2147483647", Outcome.MALFORMED, "coefficients.bin: expected ");
        expect("\"confs\"", "\"sfnoc\"", Outcome.UNSUPPORTED, "expected confs of a MultiLayerNetwork");
        expect("\"confs\"", "confs", Outcome.MALFORMED, "configuration.json: ");
    }

    @Test
    void shouldRefuseCoefficientsThatContradictThemselves() throws IOException {
        var model = ZipBytes.of(ModelFixtures.bytes(sample()));
        var coefficients = model.content("coefficients.bin");
        var shorter = Arrays.copyOf(coefficients, coefficients.length - 4);
        var scan = scan(model.with("coefficients.bin", shorter).deflated(), "short");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getReason()).startsWith("coefficients.bin: expected ");
        coefficients[0] = (byte) 0xff;
        assertThat(scan(model.with("coefficients.bin", coefficients).deflated(), "name")
                        .getReason())
                .isEqualTo("coefficients.bin at byte 2: expected a short name, got 65296 bytes");
    }

    /** Changes that the checksum does not tell. */
    @Test
    void shouldSurviveMutationsOfTheContent() throws IOException {
        for (var entry : List.of("configuration.json", "coefficients.bin")) {
            for (int seed = 0; seed < 100; seed++) {
                var archive = ZipBytes.of(ModelFixtures.bytes(sample()));
                archive.with(entry, mutate(archive.content(entry), new Random(seed)));
                expectAnOutcome(scan(archive.deflated(), "mutated"), seed);
            }
        }
    }

    @Test
    void shouldNameTheLimitThatIsExceeded() throws IOException {
        var file = ModelFixtures.copyTo(folder, sample());
        assertThat(scan(file, new ReadLimits(100, 100, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxHeaderBytes = 100");
        assertThat(scan(file, new ReadLimits(1 << 20, 100, 500, 10, 1 << 20)).getReason())
                .contains("maxTensorWeights = 500");
    }

    private void expect(String text, String replacement, Outcome outcome, String reason) throws IOException {
        var model = ZipBytes.of(ModelFixtures.bytes(sample()));
        var json = new String(model.content("configuration.json"), StandardCharsets.UTF_8);
        assertThat(json).contains(text);
        var scan = scan(
                model.with("configuration.json", json.replace(text, replacement))
                        .deflated(),
                "changed");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private List<Layer> layers(Model network) throws IOException {
        return ModelFixtures.layers(Dl4jNetworks.write(network, folder.resolve("network")));
    }

    private static Layer convolution(String name, String kind, Map<String, INDArray> params) {
        var weights = params.get(name);
        return layer(name, kind, (int) weights.size(0), (int) weights.size(1), weights);
    }

    private static Layer dense(String name, Map<String, INDArray> params) {
        var weights = params.get(name);
        return layer(name, "DENSE", (int) weights.size(1), (int) weights.size(0), weights.transpose());
    }

    /** The numbers of an array in 'c' order. */
    private static Layer layer(String name, String kind, int outputs, int inputs, INDArray array) {
        var weights = new ArrayList<Float>();
        for (double weight : array.castTo(DataType.DOUBLE).dup('c').data().asDouble()) {
            weights.add((float) weight);
        }
        return new Layer(name, kind, outputs, inputs, weights.size() / outputs / inputs, weights);
    }

    /** Tells when it was read by Java deserialisation. */
    private static final class Marker implements Serializable {

        private static final long serialVersionUID = 1L;
        private static boolean read;

        private void readObject(ObjectInputStream in) {
            read = true;
        }
    }
}
