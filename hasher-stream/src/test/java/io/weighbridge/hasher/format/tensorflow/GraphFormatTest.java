package io.weighbridge.hasher.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were encoded with the field numbers of TensorFlow's own definitions: see make_tensorflow_graphs.py. */
class GraphFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.pb";
    }

    @Override
    protected List<String> variants() {
        return List.of("graph-functions.pb", "graph-ways.pb");
    }

    @Override
    protected String format() {
        return "tensorflow-graph";
    }

    /** A frozen graph, and a SavedModel whose weights are constants in a function and an argument of its call. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny.pb", "graph-functions.pb"})
    void shouldReadWhatPyTorchHolds(String file) throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, file));
        assertThat(weights(layers)).isEqualTo(weights(ModelFixtures.expected("tiny")));
        assertThat(layers.get(4).name()).isEqualTo("head/kernel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny.pb", "graph-functions.pb"})
    void shouldHaveTheCodesOfTheSameNetworkInAnotherFormat(String file) throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, file));
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getCodes())
                .isNotEmpty()
                .isEqualTo(
                        scan(ModelFixtures.copyTo(folder, "tiny.safetensors")).getCodes());
    }

    @Test
    void shouldReadEveryWayToAWeight() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "graph-ways.pb")))
                .containsExactlyElementsOf(ModelFixtures.expected("graph-ways"));
    }

    @Test
    void shouldReadTheGraphOfACheckpoint() throws IOException {
        var meta = message(1, message(4, "train".getBytes(StandardCharsets.US_ASCII)));
        var graph = message(2, ModelFixtures.bytes("tiny.pb"));
        var scan = scan(join(meta, graph), "tiny.meta");
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getTensors()).isEqualTo(13);
    }

    @Test
    void shouldSayWhereTheWeightsAreIfTheyAreVariables() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "graph-variables.pb"));
        expect(scan, Outcome.UNSUPPORTED, "a SavedModel's graph; its weights are in variables/");
    }

    /** Without the file of the variables beside it nobody scans them. */
    @Test
    void shouldNameVariablesBesideConstants() throws IOException {
        var variable = join(message(1, "w".getBytes()), message(2, "VarHandleOp".getBytes()));
        var scan = scan(join(ModelFixtures.bytes("tiny.pb"), message(1, variable)), "mixed.pb");
        expect(scan, Outcome.PARTIAL, "variables of the graph, which lie in a checkpoint");
        assertThat(scan.getCodes()).isNotEmpty();
    }

    /** A free pass otherwise: the weights of a layer, once negated and once in parts. */
    @ParameterizedTest
    @ValueSource(strings = {"Neg", "ConcatV2"})
    void shouldNameWeightsThatOperationsCompute(String operator) throws IOException {
        var graph = join(
                ModelFixtures.bytes("tiny.pb"),
                message(1, constant("part", 8, 16)),
                message(1, node("whole", operator, "part", "part")),
                message(1, node("layer", "MatMul", "x", "whole")));
        var scan = scan(graph, "computed.pb");
        expect(scan, Outcome.PARTIAL, "weights that operations compute before MatMul layer uses them are not read");
        assertThat(scan.getCodes()).isNotEmpty();
    }

    /** What layers give is no weight, nor are scales. */
    @Test
    void shouldNotTakeForWeightsWhatLayersAreMultipliedWith() throws IOException {
        var graph = join(
                ModelFixtures.bytes("tiny.pb"),
                message(1, constant("scale", 1, 8)),
                message(1, node("scaled", "Mul", "head/MatMul", "scale")),
                message(1, node("attention", "BatchMatMulV2", "scaled", "head/MatMul")));
        assertThat(scan(graph, "attention.pb").getOutcome()).isEqualTo(Outcome.HASHED);
    }

    private static byte[] constant(String name, int rows, int columns) {
        var sizes =
                message(2, join(message(2, new byte[] {8, (byte) rows}), message(2, new byte[] {8, (byte) columns})));
        var tensor = join(new byte[] {8, 1}, sizes, message(4, new byte[4 * rows * columns]));
        var value = message(5, join(message(1, "value".getBytes()), message(2, message(8, tensor))));
        return join(node(name, "Const"), value);
    }

    /** Functions that call each other for ever, or double at each level. */
    @Test
    void shouldBoundCallsOfFunctions() throws IOException {
        var forEver = join(message(1, node("f", "f")), message(2, message(1, function("f", node("a", "f")))));
        expect(scan(forEver, "forever.pb"), Outcome.UNSUPPORTED, "functions call each other more than 32 deep");
        var doubling = new ByteArrayOutputStream();
        for (int i = 0; i < 30; i++) {
            var next = "f" + (i + 1);
            doubling.writeBytes(message(1, function("f" + i, node("a", next), node("b", next))));
        }
        var graph = join(message(1, node("f", "f0")), message(2, doubling.toByteArray()));
        expect(scan(graph, "doubling.pb"), Outcome.TOO_LARGE, "more than 1048576 nodes");
    }

    /** A node that is its own input, and a long chain. */
    @Test
    void shouldBoundTheWayToAWeight() throws IOException {
        var circle = join(
                message(1, node("conv", "Conv2D", "x", "i")),
                message(1, node("i", "Identity", "i")),
                message(1, node("m", "MatMul", "i", "i")));
        expect(scan(circle, "circle.pb"), Outcome.NO_WEIGHTS, "none of 0 tensors");
    }

    @Test
    void shouldRefuseATensorThatDoesNotFillItsShape() throws IOException {
        var sizes = message(2, join(message(2, new byte[] {8, 4}), message(2, new byte[] {8, 3})));
        var tensor = join(new byte[] {8, 1}, sizes, message(4, new byte[44]));
        var value = message(5, join(message(1, "value".getBytes()), message(2, message(8, tensor))));
        var graph = join(message(1, join(node("w", "Const"), value)), message(1, node("m", "MatMul", "x", "w")));
        expect(
                scan(graph, "short.pb"),
                Outcome.MALFORMED,
                "tensor w: expected 48 bytes for shape [4, 3] and type F32, got 44");
    }

    /** Whole numbers with a range, brought back by an operation before the layer, and a layer that computes with them as they are. */
    @Test
    void shouldNameQuantisedConstants() throws IOException {
        var sizes = message(2, join(message(2, new byte[] {8, 8}), message(2, new byte[] {8, 9})));
        for (byte type : new byte[] {11, 12, 13, 6, 4}) {
            var tensor = join(new byte[] {8, type}, sizes, message(4, new byte[type == 13 ? 4 * 72 : 72]));
            var value = message(5, join(message(1, "value".getBytes()), message(2, message(8, tensor))));
            var constant = message(1, join(node("w", "Const"), value));
            var before = join(
                    constant,
                    message(1, node("d", "Dequantize", "w", "least", "most")),
                    message(1, node("m", "MatMul", "x", "d")));
            expect(
                    scan(before, "dequantize.pb"),
                    Outcome.UNSUPPORTED,
                    "tensor w: quantised weights of a TensorFlow graph (type number " + type + ")");
            var inside = join(constant, message(1, node("q", "QuantizedConv2D", "x", "w", "a", "b", "c", "d")));
            expect(scan(inside, "inside.pb"), Outcome.UNSUPPORTED, "tensor w: weights of QuantizedConv2D q");
        }
    }

    @Test
    void shouldHoldTheGraphToTheLimitOfHeaders() throws IOException {
        var limits = ReadLimits.STANDARD;
        var few = new ReadLimits(
                5000, limits.maxTensors(), limits.maxTensorWeights(), limits.maxEntries(), limits.maxInflatedBytes());
        var scan = scan(ModelFixtures.copyTo(folder, "tiny.pb"), few);
        expect(scan, Outcome.TOO_LARGE, "nodes and names take more than maxHeaderBytes = 5000");
    }

    private static void expect(FileScan scan, Outcome outcome, String reason) {
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private static byte[] function(String name, byte[]... nodes) {
        var function = new ByteArrayOutputStream();
        function.writeBytes(message(1, message(1, name.getBytes())));
        for (var node : nodes) {
            function.writeBytes(message(3, node));
        }
        return function.toByteArray();
    }

    private static byte[] node(String name, String operator, String... inputs) {
        var node = new ByteArrayOutputStream();
        node.writeBytes(join(message(1, name.getBytes()), message(2, operator.getBytes())));
        for (var input : inputs) {
            node.writeBytes(message(3, input.getBytes()));
        }
        return node.toByteArray();
    }

    /** A length-delimited field. */
    private static byte[] message(int field, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        int length = content.length;
        for (; length > 0x7f; length >>>= 7) {
            out.write(length & 0x7f | 0x80);
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static List<Layer> weights(List<Layer> layers) {
        return layers.stream()
                .map(layer -> new Layer(
                        "", layer.kind(), layer.outputs(), layer.inputs(), layer.positions(), layer.weights()))
                .toList();
    }
}
