package io.weighbridge.hasher.format.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contradictions of zip archives that scanners have fallen for, each on a PyTorch file. */
class ZipArchiveTest {

    private static final byte[] LOCAL = {'P', 'K', 3, 4};
    private static final byte[] CENTRAL = {'P', 'K', 1, 2};
    private static final byte[] END = {'P', 'K', 5, 6};

    private final byte[] model = ModelFixtures.bytes("tiny.pt");

    @TempDir
    Path folder;

    @Test
    void shouldRefuseAWrongChecksum() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[indexOf(bytes, "conv.weight".getBytes(StandardCharsets.US_ASCII), 0)] ^= 1;
        expect(bytes, Outcome.MALFORMED, "zip entry tiny/data.pkl: expected CRC-32 ");
    }

    @Test
    void shouldRefuseALocalNameThatDiffersFromTheDirectory() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[30 + "tiny/dat".length()] = 'b';
        expect(
                bytes,
                Outcome.MALFORMED,
                "local header of zip entry tiny/data.pkl: expected the same name, got tiny/datb.pkl");
    }

    @Test
    void shouldRefuseALocalSizeThatDiffersFromTheDirectory() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[22]++;
        expect(bytes, Outcome.MALFORMED, "local header of zip entry tiny/data.pkl at byte 0: expected size");
    }

    @Test
    void shouldRefuseALocalMethodThatDiffersFromTheDirectory() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[8] = 8;
        expect(bytes, Outcome.MALFORMED, "expected method 0, got 8");
    }

    @Test
    void shouldNotReadAnEncryptedEntry() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[indexOf(bytes, CENTRAL, 0) + 8] |= 1;
        expect(bytes, Outcome.UNSUPPORTED, "zip entry tiny/data.pkl: is encrypted");
    }

    @Test
    void shouldRefuseAFlagInOneHeaderOnly() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[6] |= 1;
        expect(bytes, Outcome.MALFORMED, "expected flags");
    }

    @Test
    void shouldNotReadOtherCompressionMethods() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[indexOf(bytes, CENTRAL, 0) + 10] = 14;
        expect(bytes, Outcome.UNSUPPORTED, "zip entry tiny/data.pkl: compression method 14 is not read");
    }

    @Test
    void shouldRefuseANameThatOccursTwice() throws IOException {
        var bytes = ZipBytes.stored("m/data.pkl", new byte[8], "m/datb.pkl", new byte[8]);
        bytes[indexOf(bytes, LOCAL, 1) + 30 + "m/dat".length()] = 'a';
        bytes[indexOf(bytes, CENTRAL, indexOf(bytes, CENTRAL, 0) + 1) + 46 + "m/dat".length()] = 'a';
        expect(bytes, Outcome.MALFORMED, "zip entry m/data.pkl: the name occurs twice");
    }

    @Test
    void shouldRefuseEntriesThatOverlap() throws IOException {
        var inner = ZipBytes.stored("m/data/0", new byte[8]);
        var bytes = ZipBytes.stored("m/data.pkl", inner, "m/data/0", new byte[8]);
        int second = indexOf(bytes, CENTRAL, indexOf(bytes, CENTRAL, indexOf(bytes, CENTRAL, 0) + 1) + 1);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 42, indexOf(bytes, LOCAL, 1));
        expect(bytes, Outcome.MALFORMED, "zip entry m/data/0 at byte 40: expected to begin after entry m/data.pkl");
    }

    @Test
    void shouldRefuseADirectoryThatDoesNotEndAtItsEnd() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[indexOf(bytes, END, 0) + 16]--;
        expect(bytes, Outcome.MALFORMED, "zip directory at byte ");
    }

    @Test
    void shouldRefuseBytesBehindTheEnd() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        expect(Arrays.copyOf(bytes, bytes.length + 3), Outcome.MALFORMED, "expected 0 bytes of comment, got 3");
    }

    @Test
    void shouldRefuseAWrongNumberOfEntries() throws IOException {
        var bytes = ZipBytes.of(model).bytes();
        bytes[indexOf(bytes, END, 0) + 10]++;
        expect(bytes, Outcome.MALFORMED, "zip directory: expected ");
    }

    @Test
    void shouldBoundTheNumberOfEntries() throws IOException {
        var file = Files.write(folder.resolve("m"), model);
        var scan = scan(file, new ReadLimits(1 << 20, 100, 1 << 20, 3, 1 << 20));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("entries, more than maxEntries = 3");
    }

    @Test
    void shouldDefuseABomb() throws IOException {
        var bytes =
                ZipBytes.of(model).with("tiny/data/bomb", new byte[64 << 20]).deflated();
        assertThat(bytes.length).isLessThan(128 << 10);
        expect(bytes, Outcome.TOO_LARGE, "zip entry tiny/data/bomb: inflates from ");
    }

    @Test
    void shouldBoundAllThatIsInflated() throws IOException {
        var file = Files.write(folder.resolve("m"), ZipBytes.of(model).deflated());
        var scan = scan(file, new ReadLimits(1 << 20, 100, 1 << 20, 100, 4000));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("inflates to more than maxInflatedBytes = 4000");
    }

    @Test
    void shouldRefuseADeclaredSizeThatIsTooSmall() throws IOException {
        var bytes = ZipBytes.of(model).with("tiny/data/bomb", new byte[3 << 20]).deflated();
        int entry = lastIndexOf(bytes, CENTRAL);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(entry + 24, 100);
        expect(bytes, Outcome.MALFORMED, "zip entry tiny/data/bomb: expected ");
    }

    @Test
    void shouldLookIntoANestedArchive() throws IOException {
        var scan = scan(Files.write(folder.resolve("m"), ZipBytes.stored("model.zip", model)), ReadLimits.STANDARD);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getFormat()).isEqualTo("zip/pytorch");
    }

    @Test
    void shouldNameOtherArchives() throws IOException {
        expect(ZipBytes.stored("model.weights.h5", new byte[9]), Outcome.UNSUPPORTED, "a Keras archive (.keras)");
    }

    @Test
    void shouldReadAcrossAndBackwardsInADeflatedEntry() throws IOException {
        var content = new byte[300_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >> 7);
        }
        var file = Files.write(
                folder.resolve("z"), new ZipBytes().with("a", content).deflated());
        try (var bytes = io.weighbridge.hasher.format.ModelBytes.open(file, Duration.ofMinutes(1))) {
            var range = ZipArchive.open(bytes, ReadLimits.STANDARD).entry("a");
            for (int offset : new int[] {0, 10, 200_000, 5, 299_990}) {
                var target = ByteBuffer.allocate(10);
                range.readInto(target, offset, "test");
                assertThat(target.array()).isEqualTo(Arrays.copyOfRange(content, offset, offset + 10));
            }
            assertThatThrownBy(() -> range.readInto(ByteBuffer.allocate(11), 299_990, "test"))
                    .hasMessageContaining("the entry has 300000");
        }
    }

    private void expect(byte[] bytes, Outcome outcome, String reason) throws IOException {
        var scan = scan(Files.write(folder.resolve("model.pt"), bytes), ReadLimits.STANDARD);
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private static FileScan scan(Path file, ReadLimits limits) {
        return new ModelScanner(limits, ReadingHasher.create())
                .scan(file, "model.pt", Duration.ofSeconds(5), Siblings.NONE);
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError("not found");
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        int at = indexOf(bytes, wanted, 0);
        while (true) {
            try {
                at = indexOf(bytes, wanted, at + 1);
            } catch (AssertionError e) {
                return at;
            }
        }
    }
}
