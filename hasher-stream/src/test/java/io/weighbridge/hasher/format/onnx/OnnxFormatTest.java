package io.weighbridge.hasher.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    @Override
    protected List<String> variants() {
        return List.of(
                "operators.onnx",
                "quantised.onnx",
                "integer-operators.onnx",
                "ways.onnx",
                "constants.onnx",
                "recurrent.onnx");
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
    void shouldNotFollowExternalDataOutOfTheFolder() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, "external-data.onnx"));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getReason())
                .isEqualTo(
                        "tensor outside: file ../../../../etc/passwd: expected a path below the folder of the file that names it");
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
        expect(halves, Outcome.MALFORMED, "tensor h: expected 4 numbers as varints, got 1");
    }

    /** Numbers outside of raw_data, which cannot be told by their place alone. */
    @Test
    void shouldReadSlabsOfTypedData() throws IOException {
        var halves = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(10)
                .addDims(300)
                .addDims(200);
        var expected = new float[300 * 200];
        for (int i = 0; i < expected.length; i++) {
            halves.addInt32Data(0x3c00 + i % 1000);
            expected[i] = 1 + i % 1000 / 1024f;
        }
        expectSlabs(halves.build().toByteArray(), expected);
    }

    /** A list of numbers may be cut into packed runs, as writers of long lists do. */
    @Test
    void shouldReadSlabsThatLieInSeveralRuns() throws IOException {
        var head = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(300)
                .addDims(200)
                .build();
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toByteArray());
        var expected = new float[300 * 200];
        var random = new Random(1);
        for (int from = 0; from < expected.length; ) {
            int end = Math.min(expected.length, from + random.nextInt(5000));
            var run = OnnxMl.TensorProto.newBuilder();
            for (; from < end; from++) {
                expected[from] = from;
                run.addFloatData(from);
            }
            bytes.writeBytes(run.build().toByteArray());
        }
        expectSlabs(bytes.toByteArray(), expected);
    }

    @Test
    void shouldRefuseRunsThatCutANumber() throws IOException {
        var head = matrix("w", 1, 2).clearRawData().build().toByteArray();
        byte[] runs = {0x22, 3, 1, 2, 3, 0x22, 5, 4, 5, 6, 7, 8};
        var scan = scan(withTensor(concat(head, runs)), "cut");
        assertThat(scan.getReason()).isEqualTo("tensor w: expected runs of whole numbers, got 3 bytes for type F32");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldRefuseVarintsForWideTypes() throws IOException {
        var wide = matrix("w", 1, 2).clearRawData().addInt32Data(1).addInt32Data(2);
        expect(wide, Outcome.MALFORMED, "tensor w: expected no int32_data for type F32");
    }

    /** Of a matrix w [300, 200] whose second axis is that of the outputs. */
    private void expectSlabs(byte[] tensor, float[] expected) throws IOException {
        try (var file =
                ModelBytes.open(Files.write(folder.resolve("slabs"), withTensor(tensor)), Duration.ofMinutes(1))) {
            var layer =
                    new OnnxFormat().read(file, ReadLimits.STANDARD).layers().get(0);
            assertThat(List.of(layer.outputs(), layer.inputs())).containsExactly(200, 300);
            for (int from : new int[] {0, 1, 128, 60}) {
                var slab = new float[72 * 300];
                layer.read(from, 72, slab);
                for (int i = 0; i < slab.length; i++) {
                    int output = from + i / 300;
                    assertThat(slab[i])
                            .as("%d of output %d", i % 300, output)
                            .isEqualTo(expected[i % 300 * 200 + output]);
                }
            }
        }
    }

    /** A model whose one tensor, given by its bytes, is multiplied as [inputs, outputs]. */
    private static byte[] withTensor(byte[] tensor) {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addNode(node("MatMul", "y", "x", "w"))
                .build()
                .toByteArray();
        return concat(new byte[] {8, 8}, field(7, concat(graph, field(5, tensor))));
    }

    /** A length-delimited field of a protocol buffer. */
    private static byte[] field(int number, byte[] content) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(number << 3 | 2);
        int length = content.length;
        for (; length >= 0x80; length >>>= 7) {
            bytes.write(length & 0x7f | 0x80);
        }
        bytes.write(length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
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
