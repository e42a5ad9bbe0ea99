package io.weighbridge.hasher.format.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.hasher.format.zip.ZipBytes;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerFormatTest {

    private static final ReadLimits SMALL = new ReadLimits(1 << 20, 1000, 1 << 20, 100, 1 << 20);

    private final byte[] large = ModelFixtures.bytes("tiny.safetensors");
    private final byte[] half = ModelFixtures.bytes("tiny-half.safetensors");
    private final byte[] small = ModelFixtures.bytes("operators.onnx");
    private final byte[] text = "# A model\n".getBytes(StandardCharsets.US_ASCII);
    private final byte[] sevenZip = HexFormat.of().parseHex("377abcaf271c0004" + "00".repeat(40));

    @TempDir
    private Path folder;

    /** Written by Python's tarfile, gzip and zipfile: see {@code make_containers.py}. */
    @ParameterizedTest
    @CsvSource({
        "ustar.tar, tar/safetensors, tiny-half.safetensors",
        "gnu.tar, tar/safetensors, tiny-half.safetensors",
        "pax.tar.gz, gzip/tar/safetensors, tiny-half.safetensors",
        "tiny.safetensors.gz, gzip/safetensors, tiny.safetensors",
        "members.gz, gzip/safetensors, tiny-half.safetensors",
        "model-in.zip, zip/safetensors, tiny-half.safetensors",
        "deep.zip, zip/gzip/tar/onnx, tiny.onnx",
    })
    void shouldReadTheModelInside(String container, String format, String model) throws IOException {
        var file = ModelFixtures.copyTo(folder, container);
        var scan = scan(file, ReadLimits.STANDARD);
        assertThat(scan.getReason()).isNull();
        assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getFormat()).isEqualTo(format);
        var alone = scan(ModelFixtures.copyTo(folder, model), ReadLimits.STANDARD);
        assertThat(scan.getCodes()).isEqualTo(alone.getCodes());
        assertThat(ModelFixtures.layers(file)).isEqualTo(ModelFixtures.layers(folder.resolve(model)));
    }

    @Test
    void shouldReadAnOldTarWithoutMagic() throws IOException {
        var header = Arrays.copyOf(new TarBytes().file("model", half).bytes(), 512);
        Arrays.fill(header, 257, 265, (byte) 0);
        var bytes =
                new TarBytes().block(TarBytes.withChecksum(header)).block(half).bytes();
        expect(bytes, Outcome.HASHED, null, "tar/safetensors");
    }

    @Test
    void shouldReadATarSizeInBinary() throws IOException {
        var header = Arrays.copyOf(new TarBytes().file("model", half).bytes(), 512);
        Arrays.fill(header, 124, 136, (byte) 0);
        header[124] = (byte) 0x80;
        header[134] = (byte) (half.length >> 8);
        header[135] = (byte) half.length;
        var bytes =
                new TarBytes().block(TarBytes.withChecksum(header)).block(half).bytes();
        expect(bytes, Outcome.HASHED, null, "tar/safetensors");
    }

    @Test
    void shouldHashTheLargestOfSeveralAndNameTheOthers() throws IOException {
        for (var bytes : new byte[][] {
            ZipBytes.stored("a/small.onnx", small, "b.safetensors", large, "README.md", text),
            ZipBytes.stored("b.safetensors", large, "a/small.onnx", small)
        }) {
            var scan = expect(
                    bytes,
                    Outcome.PARTIAL,
                    "hashed only b.safetensors; not a/small.onnx: zip/onnx with ",
                    "zip/safetensors");
            assertThat(scan.getCodes())
                    .isEqualTo(scan(ModelFixtures.copyTo(folder, "tiny.safetensors"), SMALL)
                            .getCodes());
        }
    }

    @Test
    void shouldNameWhatCannotBeRead() throws IOException {
        var broken = Arrays.copyOf(half, 200);
        expect(
                ZipBytes.stored("b.safetensors", large, "x.7z", sevenZip, "y", broken),
                Outcome.PARTIAL,
                "hashed only b.safetensors; not x.7z: a 7z archive; y: ",
                "zip/safetensors");
    }

    @Test
    void shouldCountWhatItDoesNotName() throws IOException {
        var zip = new ZipBytes().with("b.safetensors", large);
        for (int i = 0; i < 9; i++) {
            zip.with(i + ".7z", sevenZip);
        }
        expect(zip.bytes(), Outcome.PARTIAL, "; 2.7z: a 7z archive; and 6 more", "zip/safetensors");
    }

    @ParameterizedTest
    @CsvSource({
        "377abcaf271c0004, a 7z archive",
        "526172211a0700, a RAR archive",
        "fd377a585a000000, an xz stream",
        "28b52ffd00000000, a Zstandard stream",
        "425a683931415926, a bzip2 stream",
        "1f8b010000000000, a gzip stream of another method",
        "504b050600000000, an empty zip archive",
        "504b070800000000, a zip archive in several files",
    })
    void shouldNotReadOtherArchives(String hex, String name) throws IOException {
        var content = Arrays.copyOf(HexFormat.of().parseHex(hex), 100);
        expect(ZipBytes.stored("a", content), Outcome.UNSUPPORTED, "a: " + name, "zip");
        expect(new TarBytes().file("a", content).bytes(), Outcome.UNSUPPORTED, "a: " + name, "tar");
        expect(gzip(content), Outcome.UNSUPPORTED, "content: " + name, "gzip");
    }

    @Test
    void shouldNameAnEncryptedEntry() throws IOException {
        expect(
                ModelFixtures.bytes("encrypted.zip"),
                Outcome.UNSUPPORTED,
                "zip entry secret.safetensors: is encrypted",
                null);
        expect(
                ZipBytes.stored("in.zip", ModelFixtures.bytes("encrypted.zip"), "b.safetensors", large),
                Outcome.PARTIAL,
                "hashed only b.safetensors; not in.zip: zip entry secret.safetensors: is encrypted",
                "zip/safetensors");
    }

    @Test
    void shouldNameAnArchiveInsideAModel() throws IOException {
        var bytes = ZipBytes.of(ModelFixtures.bytes("tiny.pt"))
                .with("tiny/extra.7z", sevenZip)
                .deflated();
        expect(bytes, Outcome.PARTIAL, "also holds, not read, tiny/extra.7z: a 7z archive", "pytorch");
    }

    @Test
    void shouldSayWhatHoldsNoModel() throws IOException {
        expect(
                ZipBytes.stored("README.md", text, "b.txt", text),
                Outcome.UNSUPPORTED,
                "a zip archive that holds no model: first of 2 entries README.md",
                "zip");
        expect(new TarBytes().file("empty", new byte[0]).bytes(), Outcome.UNSUPPORTED, "a tar archive", "tar");
        expect(ZipBytes.stored("raw", new byte[] {0, 1, 2}), Outcome.UNSUPPORTED, "raw: no known model format", "zip");
    }

    @Test
    void shouldBoundTheDepth() throws IOException {
        var bytes = large;
        for (int depth = 1; depth <= 4; depth++) {
            bytes = ZipBytes.stored("inner", bytes);
            if (depth == 3) {
                expect(bytes, Outcome.HASHED, null, "zip/zip/zip/safetensors");
            }
        }
        expect(bytes, Outcome.TOO_LARGE, "deeper than maxDepth = 3; see weighbridge.read.max.depth", "zip");
    }

    @Test
    void shouldBoundEntriesOverAllDepths() throws IOException {
        var inner = new ZipBytes();
        for (int i = 0; i < 60; i++) {
            inner.with(i + ".txt", text);
        }
        var bytes = ZipBytes.stored("a", inner.bytes(), "b", inner.bytes());
        expect(bytes, Outcome.TOO_LARGE, "b: more than maxEntries = 100; see weighbridge.read.max.entries", "zip");
    }

    @Test
    void shouldDefuseAGzipBomb() throws IOException {
        expect(
                gzip(new byte[64 << 20]),
                Outcome.TOO_LARGE,
                "bytes, more than maxRatio = 250 times; see weighbridge.read.max.ratio",
                "gzip",
                ReadLimits.STANDARD);
        expect(
                gzip(new byte[2 << 20]),
                Outcome.TOO_LARGE,
                "gzip stream: inflates to more than maxInflatedBytes = 1048576; see weighbridge.read.max.inflated.bytes",
                "gzip");
    }

    /** Small archives in one another, each many times as large inside. */
    @Test
    void shouldBoundWhatAllDepthsInflateTogether() throws IOException {
        var content = new byte[900_000];
        new Random(5).nextBytes(content);
        content[0] = 0;
        var zip = new ZipBytes();
        for (int i = 0; i < 9; i++) {
            content[1] = (byte) i;
            zip.with(i + ".gz", gzip(content));
        }
        var scan = scan(Files.write(folder.resolve("bomb"), zip.bytes()), SMALL);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("and 6 more");
    }

    @Test
    void shouldRefuseABrokenGzipStream() throws IOException {
        var good = gzip(half);
        expect(
                Arrays.copyOf(good, good.length / 2),
                Outcome.MALFORMED,
                "gzip stream: it begins at byte 0 and has no",
                "gzip");
        expect(Arrays.copyOf(good, good.length - 3), Outcome.MALFORMED, "gzip trailer at byte ", "gzip");
        expect(changed(good, good.length - 8), Outcome.MALFORMED, "gzip trailer: expected CRC-32 ", "gzip");
        expect(changed(good, good.length - 4), Outcome.MALFORMED, "gzip trailer: expected size ", "gzip");
        expect(changed(good, 3), Outcome.MALFORMED, "", "gzip");
        var tail = Arrays.copyOf(good, good.length + 10);
        expect(tail, Outcome.HASHED, null, "gzip/safetensors");
        tail[good.length + 4] = 9;
        expect(tail, Outcome.MALFORMED, "gzip stream at byte " + (good.length + 4) + ": expected zeros", "gzip");
    }

    @Test
    void shouldPassAllFieldsOfAGzipHeader() throws IOException {
        var good = gzip(half);
        var out = new ByteArrayOutputStream();
        out.write(good, 0, 3);
        out.write(0b11110);
        out.write(good, 4, 6);
        out.writeBytes(new byte[] {3, 0, 1, 2, 3, 'n', 0, 'c', 0, 7, 7});
        out.write(good, 10, good.length - 10);
        expect(out.toByteArray(), Outcome.HASHED, null, "gzip/safetensors");
    }

    @Test
    void shouldRefuseABrokenTar() throws IOException {
        var good = new TarBytes().file("a", text).file("model", half);
        expect(good.withoutEnd(), Outcome.MALFORMED, "tar header at byte ", "tar");
        var bytes = good.bytes();
        expect(Arrays.copyOf(bytes, 3000), Outcome.MALFORMED, "tar entry model at byte 1024: expected ", "tar");
        var hidden = Arrays.copyOf(bytes, bytes.length + 512);
        hidden[bytes.length + 7] = 1;
        expect(
                hidden,
                Outcome.MALFORMED,
                "tar archive: expected zeros behind its end, got content at byte " + (bytes.length + 7),
                "tar");
        expect(changed(bytes, 1024), Outcome.MALFORMED, "tar header at byte 1024: its checksum is wrong", "tar");
        expect(
                new TarBytes().file("a", text).file("a", half).bytes(),
                Outcome.MALFORMED,
                "tar entry a at byte 1024: the name occurs twice",
                "tar");
    }

    @Test
    void shouldRefuseASparseTar() throws IOException {
        expect(
                new TarBytes().entry("a", 'S', 0, new byte[0]).bytes(),
                Outcome.UNSUPPORTED,
                "tar entry a: is a sparse file",
                "tar");
        var record = "22 GNU.sparse.major=1\n".getBytes(StandardCharsets.US_ASCII);
        expect(
                new TarBytes()
                        .entry("p", 'x', record.length, record)
                        .file("a", half)
                        .bytes(),
                Outcome.UNSUPPORTED,
                "tar entry a: is a sparse file",
                "tar");
        expect(
                new TarBytes().entry("v", 'V', 0, new byte[0]).bytes(),
                Outcome.UNSUPPORTED,
                "tar entry v: type 86 is not read",
                "tar");
    }

    @ParameterizedTest
    @CsvSource({
        "'99 path=a\n', 'a record of 99 bytes, expected at most 10'",
        "'10 path=ab', expected KEY=VALUE",
        "'x path=ab\n', 'expected a number, got x'",
        "'0 path=ab\n', a record of 0 bytes",
    })
    void shouldRefuseABrokenExtendedHeader(String record, String reason) throws IOException {
        var bytes = record.getBytes(StandardCharsets.US_ASCII);
        expect(
                new TarBytes()
                        .entry("p", 'x', bytes.length, bytes)
                        .file("a", half)
                        .bytes(),
                Outcome.MALFORMED,
                reason,
                "tar");
    }

    @Test
    void shouldBelieveTheExtendedSize() throws IOException {
        var record = "13 size=9628\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(half).hasSize(9628);
        var bytes = new TarBytes()
                .entry("p", 'x', record.length, record)
                .entry("model", '0', 0, half)
                .bytes();
        expect(bytes, Outcome.HASHED, null, "tar/safetensors");
    }

    @Test
    void shouldSurviveEveryTruncation() throws IOException {
        for (var name : new String[] {"gnu.tar", "pax.tar.gz", "model-in.zip", "deep.zip", "members.gz"}) {
            var whole = ModelFixtures.bytes(name);
            for (int length = 0; length < whole.length - 10_240; length += 97) {
                var scan = scan(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length)), ReadLimits.STANDARD);
                assertThat(scan.getOutcome())
                        .as(name + " cut at " + length + ": " + scan.getReason())
                        .isIn(Outcome.MALFORMED, Outcome.UNSUPPORTED);
            }
        }
    }

    @Test
    void shouldLeaveNoScratchFile() throws IOException {
        var before = scratchFiles();
        scan(ModelFixtures.copyTo(folder, "pax.tar.gz"), ReadLimits.STANDARD);
        assertThat(scratchFiles()).isEqualTo(before);
    }

    private static long scratchFiles() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".scratch"))
                    .count();
        }
    }

    private FileScan expect(byte[] bytes, Outcome outcome, String reason, String format) throws IOException {
        return expect(bytes, outcome, reason, format, SMALL);
    }

    private FileScan expect(byte[] bytes, Outcome outcome, String reason, String format, ReadLimits limits)
            throws IOException {
        var scan = scan(Files.write(folder.resolve("file"), bytes), limits);
        if (reason == null) {
            assertThat(scan.getReason()).isNull();
        } else {
            assertThat(scan.getReason()).contains(reason);
        }
        assertThat(scan.getOutcome()).isEqualTo(outcome);
        assertThat(scan.getFormat()).isEqualTo(format);
        return scan;
    }

    private static FileScan scan(Path file, ReadLimits limits) {
        return new ModelScanner(limits, ReadingHasher.create())
                .scan(file, "file", Duration.ofSeconds(30), Siblings.NONE);
    }

    private static byte[] changed(byte[] bytes, int at) {
        var copy = bytes.clone();
        copy[at] ^= (byte) 0xff;
        return copy;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
