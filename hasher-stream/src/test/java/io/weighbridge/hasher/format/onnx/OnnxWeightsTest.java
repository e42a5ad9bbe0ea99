package io.weighbridge.hasher.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that are no plain initializers in front of their operator: quantised ones, those of functions and subgraphs, and those in other files. */
class OnnxWeightsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"quantised", "integer-operators", "ways", "blocks", "products", "constants", "recurrent"})
    void shouldReadWhatOnnxComputes(String model) throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, model + ".onnx")))
                .containsExactlyElementsOf(ModelFixtures.expected(model));
    }

    @Test
    void shouldReadExternalDataBesideTheModel() throws IOException {
        ModelFixtures.copyTo(folder, "external.onnx.data");
        ModelFixtures.copyTo(folder, "external.onnx");
        try (var file = ModelBytes.of(
                FileRange.open(folder.resolve("external.onnx")),
                Duration.ofMinutes(1),
                FolderSiblings.of(folder.resolve("external.onnx")))) {
            var layers = ModelFixtures.layers(new OnnxFormat().read(file, ReadLimits.STANDARD));
            assertThat(layers).containsExactlyElementsOf(ModelFixtures.expected("external"));
        }
    }

    @Test
    void shouldSayWhichFileOfExternalDataIsMissing() throws IOException {
        expect(
                scan(ModelFixtures.copyTo(folder, "external.onnx")),
                Outcome.UNSUPPORTED,
                "tensor first: its numbers lie in file external.onnx.data (external data), which was not found beside the model");
    }

    @Test
    void shouldHoldExternalDataAgainstTheSizeOfItsFile() throws IOException {
        Files.write(folder.resolve("external.onnx.data"), new byte[90]);
        expect(
                scan(ModelFixtures.copyTo(folder, "external.onnx")),
                Outcome.MALFORMED,
                "tensor first: external data at byte 0 of external.onnx.data: expected 96 bytes, the file ends at byte 90");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "location|/etc/passwd|file /etc/passwd: expected a path below the folder",
                "location|../w.bin|file ../w.bin: expected a path below the folder",
                "location|''|file : expected a path below the folder",
                "offset|-8|external data: expected offset to be a number >= 0, got -8",
                "offset|many|external data: expected offset to be a number >= 0, got many",
                "length|8|external data: expected length 16 for its shape and type, got 8",
                "offset|9223372036854775807|external data at byte 9223372036854775807 of w.bin: expected 16 bytes, the file ends at byte 20",
                "offset|5|external data at byte 5 of w.bin: expected 16 bytes"
            })
    void shouldRefuseWrongPlacesOfExternalData(String key, String value, String reason) throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[20]);
        var tensor = tensor("w", 1, 2, 2).setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        tensor.addExternalData(entry("location", "w.bin")).addExternalData(entry(key, value));
        expect(scan(gemm(tensor)), Outcome.MALFORMED, reason);
    }

    @Test
    void shouldPassOverChecksumsAndADotInFrontOfTheLocation() throws IOException {
        var bytes = new byte[20];
        bytes[7] = 0x40;
        Files.write(folder.resolve("w.bin"), bytes);
        var tensor = tensor("w", 1, 2, 2).setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        tensor.addExternalData(entry("checksum", "00")).addExternalData(entry("location", "./w.bin"));
        var scan = scan(gemm(tensor.addExternalData(entry("offset", "4"))));
        assertThat(scan.getOutcome()).as(scan.getReason()).isIn(Outcome.HASHED, Outcome.DEGENERATE);
    }

    @Test
    void shouldRefuseSparseConstants() throws IOException {
        var constant = node("Constant", "w")
                .addAttribute(OnnxMl.AttributeProto.newBuilder()
                        .setName("sparse_value")
                        .setSparseTensor(OnnxMl.SparseTensorProto.newBuilder().addDims(4)));
        var graph = OnnxMl.GraphProto.newBuilder().addNode(constant).addNode(node("Gemm", "y", "x", "w"));
        expect(scan(graph), Outcome.UNSUPPORTED, "attribute sparse_value at byte ");
        var sparse = OnnxMl.GraphProto.newBuilder().addSparseInitializer(OnnxMl.SparseTensorProto.newBuilder());
        expect(scan(sparse), Outcome.UNSUPPORTED, "graph: sparse initializers are not read");
    }

    @Test
    void shouldRefuseSegments() throws IOException {
        var tensor = tensor("w", 1, 2, 2)
                .setSegment(OnnxMl.TensorProto.Segment.newBuilder().setEnd(4));
        expect(scan(gemm(tensor)), Outcome.UNSUPPORTED, "segments are not read");
    }

    @Test
    void shouldSayThatAScaleDoesNotFit() throws IOException {
        var graph = dequantised(tensor("s", 1, 3).setRawData(ByteString.copyFrom(new byte[12])));
        expect(
                scan(graph),
                Outcome.UNSUPPORTED,
                "tensor w: quantised weights whose scale or zero point does not fit them");
    }

    @Test
    void shouldSayThatAScaleIsNoConstant() throws IOException {
        expect(
                scan(dequantised(tensor("other", 1, 1).setRawData(ByteString.copyFrom(new byte[4])))),
                Outcome.UNSUPPORTED,
                "tensor w: quantised weights whose scale is no constant");
    }

    @Test
    void shouldSayThatPackedWeightsAreNotRead() throws IOException {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addInitializer(bytes("w", 2, 4))
                .addNode(node("MatMulNBits", "y", "x", "w").setDomain("com.microsoft"));
        expect(scan(graph), Outcome.UNSUPPORTED, "tensor w: weights in the packed form of MatMulNBits are not read");
    }

    @Test
    void shouldReadTheRestIfFewWeightsCannotBe() throws IOException {
        var graph = OnnxMl.GraphProto.newBuilder()
                .addInitializer(bytes("w", 2, 4))
                .addInitializer(tensor("full", 1, 4, 4).setRawData(ByteString.copyFrom(new byte[64])))
                .addNode(node("MatMulNBits", "z", "x", "w"))
                .addNode(node("Gemm", "y", "z", "full"));
        var scan = scan(graph);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.DEGENERATE);
        assertThat(scan.getReason()).endsWith("weights in the packed form of MatMulNBits are not read");
    }

    @Test
    void shouldStopAtFunctionsThatCallThemselves() throws IOException {
        var function = OnnxMl.FunctionProto.newBuilder()
                .setName("F")
                .setDomain("own")
                .addNode(node("F", "y", "x").setDomain("own"));
        var graph = OnnxMl.GraphProto.newBuilder().addNode(node("F", "y", "x").setDomain("own"));
        expect(
                scan(model(graph).addFunctions(function)),
                Outcome.UNSUPPORTED,
                "graph: functions call each other more than 32 deep");
    }

    @Test
    void shouldStopAtCallsThatDoubleAtEachLevel() throws IOException {
        var model = model(OnnxMl.GraphProto.newBuilder().addNode(node("F0", "y", "x")));
        for (int level = 0; level < 30; level++) {
            model.addFunctions(OnnxMl.FunctionProto.newBuilder()
                    .setName("F" + level)
                    .addNode(node("F" + (level + 1), "y", "x"))
                    .addNode(node("F" + (level + 1), "z", "x")));
        }
        expect(
                scan(model),
                Outcome.TOO_LARGE,
                "graph: more than 1048576 nodes, counting those of functions at each call");
    }

    /** A shape that lies about its size must not get numbers that are not there. */
    @Test
    void shouldNotReshapeToAnotherSize() throws IOException {
        for (var sizes : List.of("3,3", "-1,3", "0,5", "-1,-1", "-2,-2", "4294967296,4294967296")) {
            var constant = OnnxMl.AttributeProto.newBuilder().setName("value_ints");
            for (var size : sizes.split(",")) {
                constant.addInts(Long.parseLong(size));
            }
            var graph = OnnxMl.GraphProto.newBuilder()
                    .addInitializer(tensor("w", 1, 2, 2).setRawData(ByteString.copyFrom(new byte[16])))
                    .addNode(node("Constant", "sizes").addAttribute(constant))
                    .addNode(node("Reshape", "v", "w", "sizes"))
                    .addNode(node("MyOwn", "u", "v"))
                    .addNode(node("Gemm", "y", "x", "v"));
            var scan = scan(graph);
            expect(
                    scan,
                    Outcome.UNSUPPORTED,
                    "tensor w: weights that are computed from it by Reshape (node v) are not read");
        }
    }

    /** A matrix of bytes w that becomes weights by the scale s. */
    private static OnnxMl.GraphProto.Builder dequantised(OnnxMl.TensorProto.Builder scale) {
        return OnnxMl.GraphProto.newBuilder()
                .addInitializer(bytes("w", 2, 2))
                .addInitializer(scale)
                .addNode(node("DequantizeLinear", "full", "w", "s"))
                .addNode(node("Gemm", "y", "x", "full"));
    }

    private static OnnxMl.GraphProto.Builder gemm(OnnxMl.TensorProto.Builder weights) {
        return OnnxMl.GraphProto.newBuilder().addInitializer(weights).addNode(node("Gemm", "y", "x", "w"));
    }

    private static OnnxMl.TensorProto.Builder bytes(String name, int rows, int columns) {
        return tensor(name, 3, rows, columns).setRawData(ByteString.copyFrom(new byte[rows * columns]));
    }

    private static OnnxMl.TensorProto.Builder tensor(String name, int type, long... shape) {
        var tensor = OnnxMl.TensorProto.newBuilder().setName(name).setDataType(type);
        for (long size : shape) {
            tensor.addDims(size);
        }
        return tensor;
    }

    private static OnnxMl.StringStringEntryProto entry(String key, String value) {
        return OnnxMl.StringStringEntryProto.newBuilder()
                .setKey(key)
                .setValue(value)
                .build();
    }

    private static OnnxMl.NodeProto.Builder node(String operator, String output, String... inputs) {
        return OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(List.of(inputs));
    }

    private static OnnxMl.ModelProto.Builder model(OnnxMl.GraphProto.Builder graph) {
        return OnnxMl.ModelProto.newBuilder().setIrVersion(8).setGraph(graph);
    }

    private FileScan scan(OnnxMl.GraphProto.Builder graph) throws IOException {
        return scan(model(graph));
    }

    private FileScan scan(OnnxMl.ModelProto.Builder model) throws IOException {
        return scan(Files.write(folder.resolve("model"), model.build().toByteArray()));
    }

    private static FileScan scan(Path file) {
        return new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create()).scan(file, "model");
    }

    private static void expect(FileScan scan, Outcome outcome, String reason) {
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }
}
