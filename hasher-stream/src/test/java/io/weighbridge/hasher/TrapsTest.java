package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.hasher.format.zip.ZipBytes;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps that scanners of models fell for, each by its name: nothing runs, and what was not read never looks as if it had been. */
class TrapsTest {

    private static final byte[] CENTRAL = {'P', 'K', 1, 2};

    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create());
    private final byte[] torch = ModelFixtures.bytes("tiny.pt");
    private final byte[] sevenZip = HexFormat.of().parseHex("377abcaf271c0004" + "00".repeat(40));

    @TempDir
    private Path folder;

    @Test
    void sevenZipArchive() throws IOException {
        expect(sevenZip, Outcome.UNSUPPORTED, "a 7z archive");
        expect(ZipBytes.stored("model.7z", sevenZip), Outcome.UNSUPPORTED, "model.7z: a 7z archive");
        var inModel = ZipBytes.of(torch).with("tiny/data/99", sevenZip).bytes();
        expect(inModel, Outcome.PARTIAL, "tiny/data/99: a 7z archive");
    }

    @Test
    void nestedArchive() throws IOException {
        expect(ZipBytes.stored("a.zip", ZipBytes.stored("model.pt", torch)), Outcome.HASHED, null);
        var besides = ZipBytes.of(torch).with("tiny/more.zip", ZipBytes.stored("x.pt", torch));
        expect(besides.deflated(), Outcome.PARTIAL, "tiny/more.zip: a zip archive");
    }

    /** Scanners gave up at the end of the pickle, after the loader had run its beginning. */
    @ParameterizedTest
    @ValueSource(
            strings = {"cposix\nsystem\n(S'touch trap-was-run'\ntR", "cposix\nsystem\n(S'touch trap-was-run'\ntRX"})
    void pickleThatBreaksAfterItsPayload(String pickle) throws IOException {
        var bytes = ZipBytes.of(torch).with("tiny/data.pkl", pickle).bytes();
        expect(bytes, Outcome.MALFORMED, "pickle");
        assertThat(Path.of("trap-was-run")).doesNotExist();
    }

    @Test
    void asciiPickle() throws IOException {
        var pickle = "cposix\nsystem\n(S'touch trap-was-run'\ntR.";
        var inTorch = ZipBytes.of(torch).with("tiny/data.pkl", pickle).bytes();
        expect(inTorch, Outcome.NO_WEIGHTS, "none of 0 tensors");
        for (var text : new String[] {pickle, "(dp0\nS'w'\np1\nF1.5\ns.", "(lp0\nF1.5\na."}) {
            var bytes = text.getBytes(StandardCharsets.US_ASCII);
            var bare = scan(bytes, "bare");
            assertThat(bare.getOutcome()).isNotIn(Outcome.HASHED, Outcome.FAILED);
            assertThat(bare.getReason()).isNotEqualTo("a text file");
            var beside = ZipBytes.stored("readme.txt", bytes, "model.pt", torch);
            assertThat(scan(beside, "beside").getOutcome())
                    .as("a pickle without weights was read to its end, and hides nothing")
                    .isEqualTo(Outcome.HASHED);
        }
        assertThat(Path.of("trap-was-run")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6, 11, 13})
    void zipFlagBits(int bit) throws IOException {
        var bytes = ZipBytes.of(torch).bytes();
        bytes[6 + bit / 8] ^= (byte) (1 << bit % 8);
        expect(bytes, Outcome.MALFORMED, "expected flags");
    }

    @Test
    void localHeaderThatDiffersFromTheDirectory_CVE_2025_1944() throws IOException {
        var bytes = ZipBytes.of(torch).bytes();
        bytes[30 + "tiny/dat".length()] = 'b';
        expect(bytes, Outcome.MALFORMED, "expected the same name, got tiny/datb.pkl");
        expect(ZipBytes.stored("in.pt", bytes), Outcome.MALFORMED, "in.pt: local header of zip entry tiny/data.pkl");
    }

    @Test
    void wrongChecksum_CVE_2025_10156() throws IOException {
        var bytes = ZipBytes.of(torch).bytes();
        bytes[indexOf(bytes, "conv.weight".getBytes(StandardCharsets.US_ASCII), 0)] ^= 1;
        expect(bytes, Outcome.MALFORMED, "zip entry tiny/data.pkl: expected CRC-32");
        var plain = ZipBytes.stored("model.safetensors", ModelFixtures.bytes("tiny.safetensors"));
        plain[plain.length / 2] ^= 1;
        expect(plain, Outcome.MALFORMED, "zip entry model.safetensors: expected CRC-32");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "README.md", "config.json", "image.png", "model"})
    void wrongExtension_CVE_2025_10155(String name) throws IOException {
        var scan = scan(torch, name);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getFormat()).isEqualTo("pytorch");
        expect(ZipBytes.stored(name, torch), Outcome.HASHED, null);
    }

    @Test
    void encryptedZip() throws IOException {
        expect(ModelFixtures.bytes("encrypted.zip"), Outcome.UNSUPPORTED, "secret.safetensors: is encrypted");
        var bytes = ZipBytes.of(torch).bytes();
        bytes[6] |= 1;
        bytes[indexOf(bytes, CENTRAL, 0) + 8] |= 1;
        expect(bytes, Outcome.UNSUPPORTED, "zip entry tiny/data.pkl: is encrypted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/secret", "a/../../secret", "..\\secret", "C:/secret", "link", "./link"})
    void onnxExternalDataThatLeadsOut_CVE_2024_27318(String location) throws IOException {
        var inside = Files.createDirectory(folder.resolve("inside"));
        Files.write(folder.resolve("secret"), new byte[64 * 64 * 4]);
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
        var model = Files.write(inside.resolve("model.onnx"), externalData(location));
        var scan = scanner.scan(model, "model.onnx");
        assertThat(scan.getOutcome()).as(scan.getReason()).isIn(Outcome.UNSUPPORTED, Outcome.MALFORMED);
        assertThat(scan.getReason()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"external-link.h5, links are not followed", "external-storage.h5, External Data Files"})
    void hdf5ExternalLink(String file, String reason) throws IOException {
        ModelFixtures.copyTo(folder, "tiny.h5");
        expect(ModelFixtures.bytes(file), Outcome.UNSUPPORTED, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 24, 'an overlap'",
        "32, 48, 'a hole'",
    })
    void safetensorsWithAnOverlapOrAHole(int from, int to, String reason) throws IOException {
        var header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[%d,%d]}}".formatted(from, to);
        expect(safetensors(header.length(), header, to), Outcome.MALFORMED, reason);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, -1, 1L << 40, 1L << 31})
    void safetensorsWithAHugeHeader(long length) throws IOException {
        var scan = scan(safetensors(length, "{}", 0), "huge");
        assertThat(scan.getOutcome())
                .as(scan.getReason())
                .isIn(Outcome.MALFORMED, Outcome.TOO_LARGE, Outcome.UNSUPPORTED);
    }

    @Test
    void dl4jWithAJavaObjectAndAPickle() throws IOException {
        var objects = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(objects)) {
            out.writeObject(new Marker());
        }
        var bytes = ZipBytes.of(ModelFixtures.bytes("dl4j.zip"))
                .with("preprocessor.bin", objects.toByteArray())
                .with("normalizer.bin", objects.toByteArray())
                .with("evil.pkl", "cos\nsystem\n(S'touch trap-was-run'\ntR.");
        assertThat(scan(bytes.deflated(), "dl4j").getFormat()).isEqualTo("dl4j");
        expect(bytes.deflated(), Outcome.HASHED, null);
        expect(ZipBytes.stored("a/model.zip", bytes.deflated()), Outcome.HASHED, null);
        assertThat(Marker.read).isFalse();
        assertThat(Path.of("trap-was-run")).doesNotExist();
    }

    /** Tells whether it was deserialised. */
    private static final class Marker implements Serializable {

        private static final long serialVersionUID = 1L;
        private static boolean read;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            read = true;
        }
    }

    private static byte[] externalData(String location) {
        var place =
                OnnxMl.StringStringEntryProto.newBuilder().setKey("location").setValue(location);
        var tensor = OnnxMl.TensorProto.newBuilder()
                .setName("w")
                .setDataType(1)
                .addDims(64)
                .addDims(64)
                .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
                .addExternalData(place);
        var node = OnnxMl.NodeProto.newBuilder()
                .setOpType("Gemm")
                .addInput("x")
                .addInput("w")
                .addOutput("y");
        return OnnxMl.ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(OnnxMl.GraphProto.newBuilder().addInitializer(tensor).addNode(node))
                .build()
                .toByteArray();
    }

    private static byte[] safetensors(long length, String header, int dataBytes) {
        return ByteBuffer.allocate(Long.BYTES + header.length() + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private void expect(byte[] bytes, Outcome outcome, String reason) throws IOException {
        var scan = scan(bytes, "model");
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(outcome);
        if (reason == null) {
            assertThat(scan.getReason()).isNull();
        } else {
            assertThat(scan.getReason()).contains(reason);
        }
    }

    private FileScan scan(byte[] bytes, String name) throws IOException {
        return scanner.scan(Files.write(folder.resolve(name), bytes), name);
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }
}
