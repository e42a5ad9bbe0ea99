package io.weighbridge.hasher.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that reach their layer by a way that is not followed: the rest is hashed, and the reason names the way. */
class OnnxEvasionTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pad w pads|Pad (node hide)",
                "Where condition w w|Where (node hide)",
                "Mul w x|Mul (node hide)",
                "Exp w|Exp (node hide)",
                "Gather w x|Gather (node hide)",
                "Reshape w x|Reshape (node hide)",
                "Concat w x|Concat (node hide)",
                "ScatterND w x x|ScatterND (node hide)",
                "Loop x x w|Loop (node hide)"
            })
    void shouldSayThatWeightsAreComputedByAnOperator(String hiding, String by) throws IOException {
        var parts = hiding.split(" ");
        var graph = model().addNode(node(parts[0], "hidden", List.of(parts).subList(1, parts.length))
                        .setName("hide"))
                .addNode(node("Identity", "same", List.of("hidden")))
                .addNode(node("MatMul", "y", List.of("z", "same")));
        expectPartial(graph, "tensor w: weights that are computed from it by " + by + " are not read");
    }

    @ParameterizedTest
    @CsvSource({"Einsum,''", "Own,somebody", "Attention,com.microsoft"})
    void shouldSayThatAnOperatorIsNotRead(String operator, String domain) throws IOException {
        var graph = model().addNode(
                        node(operator, "y", List.of("x", "w")).setDomain(domain).setName("hide"));
        expectPartial(graph, "tensor w: used by " + operator + " (node hide), which is not read");
    }

    @Test
    void shouldSayThatABranchHandsWeightsOn() throws IOException {
        var branch = OnnxMl.GraphProto.newBuilder()
                .addNode(node("Identity", "inner", List.of("w")))
                .addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("inner"));
        var choice = node("If", "hidden", List.of("x"))
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("then_branch")
                        .setG(branch));
        var graph = model().addNode(choice).addNode(node("Conv", "y", List.of("x", "hidden")));
        expectPartial(graph, "tensor w: weights that are computed from it by If (node hidden) are not read");
    }

    @Test
    void shouldReadAPermutationWhoseNameComesLast() throws IOException {
        var attribute = OnnxMl.AttributeProto.newBuilder()
                .addInts(0)
                .addInts(1)
                .build()
                .toByteString()
                .concat(OnnxMl.AttributeProto.newBuilder()
                        .setName("perm")
                        .build()
                        .toByteString());
        var transpose = node("Transpose", "same", List.of("w")).build().toByteString();
        var field = ByteString.copyFrom(new byte[] {5 << 3 | 2, (byte) attribute.size()});
        var bytes = transpose.concat(field).concat(attribute);
        var nodes = ByteString.copyFrom(new byte[] {1 << 3 | 2, (byte) bytes.size()})
                .concat(bytes);
        var graph = nodes.concat(
                model().addNode(node("Gemm", "y", List.of("x", "same"))).build().toByteString());
        var header = OnnxMl.ModelProto.newBuilder().setIrVersion(8).build().toByteString();
        var file = header.concat(ByteString.copyFrom(new byte[] {7 << 3 | 2}))
                .concat(varint(graph.size()))
                .concat(graph);
        var turned = scan(file.toByteArray());
        var plain = scan(OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(model().addNode(node("Gemm", "y", List.of("x", "w"))))
                .build()
                .toByteArray());
        assertThat(turned.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(turned.getCodes()).isEqualTo(plain.getCodes());
    }

    /** What models add to their activations is no weight of a layer. */
    @Test
    void shouldNotTakeTablesAndBiasesForWeights() throws IOException {
        var graph = model().addNode(node("MatMul", "q", List.of("x", "seen")))
                .addNode(node("Gather", "embedded", List.of("w", "ids")))
                .addNode(node("Add", "place", List.of("embedded", "pads")))
                .addNode(node("MatMul", "k", List.of("place", "seen")))
                .addNode(node("MatMul", "scores", List.of("q", "k")))
                .addNode(node("Add", "masked", List.of("scores", "w")))
                .addNode(node("Softmax", "p", List.of("masked")))
                .addNode(node("MatMul", "y", List.of("p", "k")));
        assertThat(scan(bytes(graph)).getOutcome()).isEqualTo(Outcome.HASHED);
    }

    /** A sum of a sum and so on reads a number as often as there are ways to it. */
    @Test
    void shouldNotFollowSumsThatDoubleWithEachNode() throws IOException {
        var graph = model();
        for (int i = 0; i < 64; i++) {
            graph.addNode(node("Add", "s" + (i + 1), List.of(i == 0 ? "w" : "s" + i, i == 0 ? "w" : "s" + i)));
        }
        graph.addNode(node("Gemm", "y", List.of("x", "s64")));
        expectPartial(graph, "tensor s8: weights that are computed from it by Add (node s9) are not read");
    }

    private void expectPartial(OnnxMl.GraphProto.Builder graph, String reason) throws IOException {
        var scan = scan(bytes(graph));
        assertThat(scan.getReason()).isEqualTo(reason);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.PARTIAL);
    }

    /** A model with a large matrix that is used plainly, and a smaller one, w, that no node uses yet. */
    private static OnnxMl.GraphProto.Builder model() {
        return OnnxMl.GraphProto.newBuilder()
                .addInitializer(matrix("seen", 80, 80))
                .addInitializer(matrix("w", 60, 60))
                .addInitializer(matrix("pads", 1, 60))
                .addInitializer(matrix("condition", 1, 60))
                .addNode(node("Gemm", "z", List.of("x", "seen")));
    }

    private static OnnxMl.TensorProto matrix(String name, int rows, int columns) {
        var random = new Random(name.hashCode());
        var bytes = ByteBuffer.allocate(rows * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextGaussian());
        }
        return OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(1)
                .addDims(rows)
                .addDims(columns)
                .setRawData(ByteString.copyFrom(bytes.array()))
                .build();
    }

    private static OnnxMl.NodeProto.Builder node(String operator, String output, List<String> inputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(inputs);
    }

    private static ByteString varint(int number) {
        return number < 128
                ? ByteString.copyFrom(new byte[] {(byte) number})
                : ByteString.copyFrom(new byte[] {(byte) (number | 128)}).concat(varint(number >>> 7));
    }

    private static byte[] bytes(OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private FileScan scan(byte[] model) throws IOException {
        var file = Files.write(folder.resolve("model"), model);
        return new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create()).scan(file, "model");
    }
}
