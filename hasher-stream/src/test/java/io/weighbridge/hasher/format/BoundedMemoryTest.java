package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import com.sun.management.ThreadMXBean;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.format.detect.ModelFormats;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer of 72 MB is read in slabs of 3 MB, and no call takes more memory than two slabs, wherever its numbers lie. */
class BoundedMemoryTest {

    private static final int OUTPUTS = 6144;
    private static final int INPUTS = 3072;
    private static final int BYTES = 4 * OUTPUTS * INPUTS;
    private static final int SLAB_OUTPUTS = 256;
    private static final long BOUND_BYTES = 2L * 4 * SLAB_OUTPUTS * INPUTS;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    @Test
    void shouldReadSafetensors() throws IOException {
        var header = ascii("{\"w\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
                .formatted(OUTPUTS, INPUTS, BYTES));
        expectBoundedSlabs(out -> {
            out.write(littleEndian(Long.BYTES).putLong(header.length).array());
            out.write(header);
            writeByOutput(out);
        });
    }

    @Test
    void shouldReadAPyTorchFile() throws IOException {
        expectBoundedSlabs(out -> writePyTorch(out, Deflater.NO_COMPRESSION));
    }

    @Test
    void shouldReadACompressedPyTorchFile() throws IOException {
        expectBoundedSlabs(out -> writePyTorch(out, Deflater.BEST_SPEED));
    }

    /** Every slab lies all over the file. */
    @Test
    void shouldReadAMatrixOfOnnxByItsColumns() throws IOException {
        expectBoundedSlabs(BoundedMemoryTest::writeOnnx);
    }

    private void expectBoundedSlabs(Content content) throws IOException {
        var path = folder.resolve("large");
        try (var out = Files.newOutputStream(path)) {
            content.writeTo(out);
        }
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var layers = ModelFormats.of(file, ReadLimits.STANDARD)
                    .read(file, ReadLimits.STANDARD)
                    .layers();
            assertThat(layers).hasSize(1);
            expectBoundedSlabs(layers.get(0));
        }
    }

    private static void expectBoundedSlabs(WeightLayer layer) {
        assertThat(layer.size()).isEqualTo(BYTES / 4);
        var slab = new float[SLAB_OUTPUTS * INPUTS];
        for (int from = 0; from < OUTPUTS; from += SLAB_OUTPUTS) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            layer.read(from, SLAB_OUTPUTS, slab);
            long taken = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
            assertThat(taken).as("bytes allocated at output " + from).isLessThan(BOUND_BYTES);
            for (int i = 0; i < slab.length; i += 1021) {
                assertThat(slab[i])
                        .as("number %d from output %d", i, from)
                        .isEqualTo(number(from + i / INPUTS, i % INPUTS));
            }
        }
    }

    private static void writePyTorch(OutputStream out, int level) throws IOException {
        var pickle =
                "ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nL%dL\ntQL0L\n"
                        + "(L%dL\nL%dL\nt(L%dL\nL1L\ntI00\nNtR.";
        var zip = new ZipOutputStream(out);
        zip.setLevel(level);
        zip.putNextEntry(new ZipEntry("m/data.pkl"));
        zip.write(ascii(pickle.formatted(BYTES / 4, OUTPUTS, INPUTS, INPUTS)));
        zip.putNextEntry(new ZipEntry("m/data/0"));
        writeByOutput(zip);
        zip.finish();
    }

    /** A MatMul and its matrix [inputs, outputs], whose numbers are the last field of the last field of the last field. */
    private static void writeOnnx(OutputStream out) throws IOException {
        var node = OnnxMl.NodeProto.newBuilder()
                .setOpType("MatMul")
                .addInput("x")
                .addInput("w")
                .addOutput("y");
        var graph = OnnxMl.GraphProto.newBuilder().addNode(node).build().toByteArray();
        var tensor = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(INPUTS)
                .addDims(OUTPUTS)
                .build()
                .toByteArray();
        int ofTensor = tensor.length + withHead(9, BYTES);
        int ofGraph = graph.length + withHead(5, ofTensor);
        var heads = CodedOutputStream.newInstance(out);
        heads.writeUInt32(1, 8);
        writeHead(heads, 7, ofGraph, graph);
        writeHead(heads, 5, ofTensor, tensor);
        writeHead(heads, 9, BYTES, new byte[0]);
        heads.flush();
        writeByInput(out);
    }

    private static int withHead(int field, int length) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length) + length;
    }

    /** Writes tag and length of a field, and what its content begins with. */
    private static void writeHead(CodedOutputStream out, int field, int length, byte[] begin) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(length);
        out.writeRawBytes(begin);
    }

    private static void writeByOutput(OutputStream out) throws IOException {
        var row = littleEndian(4 * INPUTS);
        for (int output = 0; output < OUTPUTS; output++) {
            row.clear();
            for (int input = 0; input < INPUTS; input++) {
                row.putFloat(number(output, input));
            }
            out.write(row.array());
        }
    }

    private static void writeByInput(OutputStream out) throws IOException {
        var row = littleEndian(4 * OUTPUTS);
        for (int input = 0; input < INPUTS; input++) {
            row.clear();
            for (int output = 0; output < OUTPUTS; output++) {
                row.putFloat(number(output, input));
            }
            out.write(row.array());
        }
    }

    private static float number(int output, int input) {
        return (output * 31 + input * 17) % 8191;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }
}
