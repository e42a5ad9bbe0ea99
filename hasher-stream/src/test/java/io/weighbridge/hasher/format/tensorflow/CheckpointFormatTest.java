package io.weighbridge.hasher.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by TensorFlow: see make_tensorflow.py. */
class CheckpointFormatTest extends ReaderContract {

    private static final String DATA = "variables.data-00000-of-00001";
    private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

    @BeforeEach
    void shouldHaveTheNumbersBeside() throws IOException {
        Files.createDirectories(folder.resolve("tensorflow"));
        ModelFixtures.copyTo(folder, "tensorflow/" + DATA);
        Files.move(folder.resolve("tensorflow/" + DATA), folder.resolve(DATA));
    }

    @Override
    protected String sample() {
        return "tensorflow/variables.index";
    }

    @Override
    protected List<String> variants() {
        return List.of("tensorflow/snappy.index");
    }

    @Override
    protected String format() {
        return "tensorflow-checkpoint";
    }

    @Override
    protected Siblings siblings() {
        return new FolderSiblings(folder, Optional.empty());
    }

    /** The dense layer behind the flattening included, and layer 10 behind layer 9; what the optimizer keeps is left out. */
    @ParameterizedTest
    @ValueSource(strings = {"variables.index", "snappy.index"})
    void shouldReadWhatPyTorchHolds(String name) throws IOException {
        var layers = layers(copy(name, "variables.index", DATA));
        assertThat(weights(layers)).isEqualTo(weights(ModelFixtures.expected("tiny")));
        assertThat(layers.stream().map(Layer::name))
                .containsExactly(
                        "layer_with_weights-0/kernel" + VALUE,
                        "layer_with_weights-2/depthwise_kernel" + VALUE,
                        "layer_with_weights-9/kernel" + VALUE,
                        "layer_with_weights-10/kernel" + VALUE,
                        "layer_with_weights-11/kernel" + VALUE);
    }

    @Test
    void shouldCountAllTensors() throws IOException {
        var scan = scan(ModelFixtures.bytes(sample()), "variables.index");
        assertThat(scan.getTensors()).isEqualTo(13 + 8 + 4);
        int weights = 8 * 27 + 72 + 96 + 48 * 64 + 640;
        int biases = 8 + 4 * 8 + 12 + 64 + 10;
        int optimizers = 2 * (8 * 27 + 8 + 640 + 10) + 640 + 1;
        assertThat(scan.getParameters()).isEqualTo(weights + biases + optimizers + 2);
    }

    @Test
    void shouldReadNumbersFromEveryShard() throws IOException {
        var file =
                copy("sharded/variables.index", "variables.index", "sharded/" + shard(0, 2), "sharded/" + shard(1, 2));
        assertThat(weights(layers(file))).isEqualTo(weights(ModelFixtures.expected("tiny")));
    }

    /** Names of TensorFlow 1 and a prefix that only the file checkpoint tells; Adam and moving averages keep copies of the weights. */
    @Test
    void shouldReadACheckpointOfTensorFlow1() throws IOException {
        var file = copy(
                "first/tiny.ckpt-7.index",
                "tiny.ckpt-7.index",
                "first/tiny.ckpt-7.data-00000-of-00001",
                "first/checkpoint");
        var layers = layers(file);
        assertThat(weights(layers)).isEqualTo(weights(ModelFixtures.expected("tiny")));
        assertThat(layers.stream().map(Layer::name))
                .containsExactly(
                        "tiny/conv1/weights",
                        "tiny/conv2/depthwise_weights",
                        "tiny/conv3/weights",
                        "tiny/fc1/weights",
                        "tiny/fc2/weights");
    }

    /** Of two checkpoints in one folder each has its own numbers. */
    @Test
    void shouldNotTakeTheNumbersOfAnotherCheckpoint() throws IOException {
        ModelFixtures.copyTo(folder, "tensorflow/variables.index");
        Files.move(folder.resolve("tensorflow/variables.index"), folder.resolve("variables.index"));
        shouldReadACheckpointOfTensorFlow1();
    }

    @Test
    void shouldUndoTheLayoutOfEveryLayer() throws IOException {
        var layers = layers(copy("kinds/variables.index", "variables.index", "kinds/" + DATA));
        var expected = ModelFixtures.expected("layers");
        for (var layer : expected) {
            var name = layer.name().replace(":0", VALUE);
            assertThat(layers)
                    .contains(new Layer(
                            name, layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights()));
        }
        assertThat(layers.stream().map(Layer::name))
                .doesNotContain("table/embeddings" + VALUE)
                .contains("double" + VALUE);
        assertThat(layers).hasSize(expected.size() + 2);
    }

    /** A list of variables tells no names: a kernel of one output for each of many channels is depthwise. */
    @Test
    void shouldTellADepthwiseKernelByItsShape() throws IOException {
        var layers = layers(copy("kinds/variables.index", "variables.index", "kinds/" + DATA));
        var kernel = layers.stream()
                .filter(layer -> layer.name().startsWith("variables/3"))
                .findFirst()
                .orElseThrow();
        assertThat(kernel.kind()).isEqualTo("DEPTHWISE");
        assertThat(List.of(kernel.outputs(), kernel.inputs(), kernel.positions()))
                .containsExactly(4, 1, 9);
    }

    @Test
    void shouldNameTheShardThatIsMissing() throws IOException {
        var file = copy("sharded/variables.index", "variables.index", "sharded/" + shard(0, 2));
        expect(scanBeside(file), Outcome.UNSUPPORTED, "no file variables.data-00001-of-00002 beside it");
        Files.delete(folder.resolve(shard(0, 2)));
        expect(
                scanBeside(file),
                Outcome.UNSUPPORTED,
                "the index of a TensorFlow checkpoint without its numbers: no file variables.data-00000-of-00002 beside it");
    }

    @Test
    void shouldRefuseAShardThatIsCutOff() throws IOException {
        var file = copy("variables.index", "variables.index", DATA);
        var data = Files.readAllBytes(folder.resolve(DATA));
        Files.write(folder.resolve(DATA), Arrays.copyOf(data, data.length / 2));
        expect(scanBeside(file), Outcome.MALFORMED, DATA + " ends at byte " + data.length / 2);
    }

    @Test
    void shouldCompareTheChecksumOfEveryLayer() throws IOException {
        var file = copy("variables.index", "variables.index", DATA);
        var data = Files.readAllBytes(folder.resolve(DATA));
        for (var layer : layers(file)) {
            var bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int at = indexOf(data, bytes.putFloat(0, layer.weights().get(0)).array());
            var changed = data.clone();
            changed[at] ^= 1;
            Files.write(folder.resolve(DATA), changed);
            expect(scanBeside(file), Outcome.MALFORMED, "tensor " + layer.name() + ": expected CRC-32C ");
            Files.write(folder.resolve(DATA), data);
        }
    }

    private static int indexOf(byte[] data, byte[] part) {
        int at = 0;
        while (!Arrays.equals(data, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    @Test
    void shouldCompareTheChecksumOfEveryBlock() throws IOException {
        var index = ModelFixtures.bytes("tensorflow/variables.index");
        index[20] ^= 1;
        expect(scan(index, "variables.index"), Outcome.MALFORMED, "block at byte 0: expected CRC-32C");
    }

    @Test
    void shouldHoldTheIndexToTheLimitOfHeaders() throws IOException {
        var limits = ReadLimits.STANDARD;
        var file = copy("snappy.index", "variables.index", DATA);
        var few = new ReadLimits(
                1000, limits.maxTensors(), limits.maxTensorWeights(), limits.maxEntries(), limits.maxInflatedBytes());
        var scan = scan(file, few, siblings());
        expect(scan, Outcome.TOO_LARGE, "maxHeaderBytes");
    }

    @Test
    void shouldHoldTensorsToTheirLimit() throws IOException {
        var limits = ReadLimits.STANDARD;
        var file = copy("variables.index", "variables.index", DATA);
        var few = new ReadLimits(
                limits.maxHeaderBytes(), 5, limits.maxTensorWeights(), limits.maxEntries(), limits.maxInflatedBytes());
        expect(scan(file, few, siblings()), Outcome.TOO_LARGE, "maxTensors = 5");
    }

    private FileScan scanBeside(Path file) {
        return scan(file, ReadLimits.STANDARD, siblings());
    }

    private static void expect(FileScan scan, Outcome outcome, String reason) {
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private static String shard(int number, int count) {
        return String.format("variables.data-%05d-of-%05d", number, count);
    }

    /** Copies an index under another name, and what lies beside it under its own. */
    private Path copy(String index, String name, String... beside) throws IOException {
        for (var file : beside) {
            Files.write(
                    folder.resolve(file.substring(file.indexOf('/') + 1)), ModelFixtures.bytes("tensorflow/" + file));
        }
        return Files.write(folder.resolve(name), ModelFixtures.bytes("tensorflow/" + index));
    }

    private List<Layer> layers(Path file) throws IOException {
        try (var bytes = ModelBytes.of(FileRange.open(file), Duration.ofMinutes(1), siblings())) {
            return ModelFixtures.layers(
                    ModelFormats.of(bytes, ReadLimits.STANDARD).read(bytes, ReadLimits.STANDARD));
        }
    }

    private static List<Layer> weights(List<Layer> layers) {
        return layers.stream()
                .map(layer -> new Layer(
                        "", layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights()))
                .toList();
    }
}
