package io.weighbridge.hasher.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.onnx";
    }

    @Override
    protected String format() {
        return "onnx";
    }

    @Test
    void shouldReadWhatPyTorchHolds() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, sample())))
                .isEqualTo(ModelFixtures.expected("tiny"));
    }

    @Test
    void shouldOrientWeightsByTheirOperator() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "operators.onnx")))
                .containsExactlyElementsOf(ModelFixtures.expected("operators"));
    }

    @Test
    void shouldCountAllTensors() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, sample()));
        var graph = OnnxMl.ModelProto.parseFrom(ModelFixtures.bytes(sample())).getGraph();
        assertThat(scan.getTensors()).isEqualTo(graph.getInitializerCount());
    }

    @Test
    void shouldPassOverFieldsThatOnnxDoesNotKnow() throws IOException {
        byte[] model = ModelFixtures.bytes(sample());
        byte[] unknown = {(byte) 0xc2, 0x3e, 3, 'a', 'b', 'c'};
        for (byte[] file : List.of(concat(unknown, model), concat(model, unknown))) {
            var scan = scan(Files.write(folder.resolve("unknown.onnx"), file));
            assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
            assertThat(scan.getFormat()).isEqualTo("onnx");
        }
    }

    @Test
    void shouldSayThatAModelIsFollowedByOtherBytes() throws IOException {
        var scan =
                scan(Files.write(folder.resolve("tail.onnx"), concat(ModelFixtures.bytes(sample()), new byte[] {0})));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getFormat()).isEqualTo("onnx");
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void shouldNotFollowExternalData() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "external-data.onnx"));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(scan.getReason())
                .isEqualTo("tensor outside: its numbers lie in another file (external data), which is not read");
    }

    @Test
    void shouldSeeThroughTransposeAndIdentity() throws IOException {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addInitializer(matrix("w", 2, 3))
                .addNode(node("Transpose", "wt", "w"))
                .addNode(node("Identity", "wi", "wt"))
                .addNode(node("MatMul", "y", "x", "wi"));
        assertThat(layers(graph)).containsExactly(layer("w", 2, 3, 0, 1, 2, 3, 4, 5));
    }

    @Test
    void shouldReadWeightsOfSubgraphs() throws IOException {
        var branch = OnnxMl.GraphProto.newBuilder()
                .addInitializer(matrix("inner", 2, 2))
                .addNode(node("MatMul", "z", "x", "inner"));
        var choice = node("If", "y", "condition")
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setG(branch));
        assertThat(layers(OnnxMl.GraphProto.newBuilder().addNode(choice)))
                .containsExactly(layer("inner", 2, 2, 0, 2, 1, 3));
    }

    @Test
    void shouldJudgeByShapeWhenNoOperatorIsKnown() throws IOException {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addInitializer(matrix("w", 2, 3))
                .addNode(node("MyOwnLinear", "y", "x", "w"));
        assertThat(layers(graph)).containsExactly(layer("w", 2, 3, 0, 1, 2, 3, 4, 5));
    }

    @Test
    void shouldRefuseTensorsOfAnotherSizeThanTheirShape() throws IOException {
        var wrong = matrix("w", 2, 3).setDims(0, 3);
        expect(wrong, Outcome.MALFORMED, "tensor w: expected 36 bytes for shape [3, 3] and type F32, got 24");
        expect(matrix("w", 2, 3).setDims(0, -2), Outcome.MALFORMED, "expected sizes >= 0");
        expect(
                matrix("w", 2, 3).setDims(0, 1L << 40).setDims(1, 1L << 40),
                Outcome.MALFORMED,
                "is more than 2^63 numbers");
        var halves = OnnxMl.TensorProto.newBuilder()
                .setName("h")
                .setDataType(10)
                .addDims(2)
                .addDims(2)
                .addInt32Data(1);
        expect(halves, Outcome.MALFORMED, "tensor h: expected 4 numbers in int32_data, got 1");
    }

    @Test
    void shouldRefuseANameThatOccursTwice() throws IOException {
        var graph =
                OnnxMl.GraphProto.newBuilder().addInitializer(matrix("w", 2, 3)).addInitializer(matrix("w", 2, 3));
        var scan = scan(model(graph), "twice");
        assertThat(scan.getReason()).isEqualTo("tensor w: the name occurs twice");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldStopAtDeepSubgraphs() throws IOException {
        var graph = OnnxMl.GraphProto.newBuilder();
        for (int depth = 0; depth < 60; depth++) {
            graph = OnnxMl.GraphProto.newBuilder()
                    .addNode(node("If", "y", "x")
                            .addAttribute(OnnxMl.AttributeProto.newBuilder().setG(graph)));
        }
        var scan = scan(model(graph), "deep");
        assertThat(scan.getReason()).isEqualTo("graph: subgraphs nested more than 16 deep");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldBoundWhatAGraphTakes() throws IOException {
        var graph = OnnxMl.GraphProto.newBuilder();
        for (int i = 0; i < 100; i++) {
            graph.addNode(node("Relu", "y" + i, "x"));
        }
        var file = Files.write(folder.resolve("many"), model(graph));
        var scan = scan(file, new ReadLimits(10_000, 10, 1 << 20, 10, 1 << 20));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("maxHeaderBytes = 10000");
    }

    private void expect(OnnxMl.TensorProto.Builder tensor, Outcome outcome, String reason) throws IOException {
        var graph =
                OnnxMl.GraphProto.newBuilder().addInitializer(tensor).addNode(node("Gemm", "y", "x", tensor.getName()));
        var scan = scan(model(graph), "wrong");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private List<Layer> layers(OnnxMl.GraphProto.Builder graph) throws IOException {
        return ModelFixtures.layers(Files.write(folder.resolve("graph"), model(graph)));
    }

    private static byte[] model(OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static OnnxMl.NodeProto.Builder node(String operator, String output, String... inputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(List.of(inputs));
    }

    /** Numbers 0, 1, 2 ... in row-major order. */
    private static OnnxMl.TensorProto.Builder matrix(String name, int rows, int columns) {
        var bytes = ByteBuffer.allocate(rows * columns * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            bytes.putFloat(i);
        }
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(1)
                .addDims(rows)
                .addDims(columns)
                .setRawData(ByteString.copyFrom(bytes.array()));
    }

    private static Layer layer(String name, int outputs, int inputs, float... weights) {
        var list = new ArrayList<Float>();
        for (float weight : weights) {
            list.add(weight);
        }
        return new Layer(name, "DENSE", outputs, inputs, 1, list);
    }
}
