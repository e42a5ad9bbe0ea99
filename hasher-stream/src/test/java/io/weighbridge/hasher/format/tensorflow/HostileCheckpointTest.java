package io.weighbridge.hasher.format.tensorflow;

import static io.weighbridge.hasher.format.tensorflow.TableBytes.int32;
import static io.weighbridge.hasher.format.tensorflow.TableBytes.join;
import static io.weighbridge.hasher.format.tensorflow.TableBytes.message;
import static io.weighbridge.hasher.format.tensorflow.TableBytes.number;
import static io.weighbridge.hasher.format.tensorflow.TableBytes.varint;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes that lie, each with the reason it is refused for. */
class HostileCheckpointTest {

    private static final byte[] HEADER = number(1, 1);
    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    /** 8 bytes of 2 x 1 numbers, with everything right. */
    private static byte[] tensor(long offset, byte[]... more) {
        return join(
                number(1, 1),
                message(2, message(2, number(1, 2)), message(2, number(1, 1))),
                number(4, offset),
                number(5, 8),
                join(more));
    }

    @Test
    void shouldReadBigEndianNumbers() throws IOException {
        var data = ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array();
        var crc = new CRC32C();
        crc.update(data);
        var checked = join(varint(6 << 3 | 5), int32(TableBytes.mask((int) crc.getValue())));
        var index = new TableBytes()
                .entry("", join(HEADER, number(2, 1)))
                .entry("w/kernel", tensor(0, checked))
                .bytes();
        Files.write(folder.resolve("variables.data-00000-of-00001"), data);
        var file = Files.write(folder.resolve("variables.index"), index);
        try (var bytes = ModelBytes.of(FileRange.open(file), Duration.ofMinutes(1), FolderSiblings.of(file))) {
            var layers = new CheckpointFormat().read(bytes, ReadLimits.STANDARD).layers();
            assertThat(layers).hasSize(1);
            assertThat(layers.get(0).weights()).containsExactly(1.5f, -2);
            assertThat(layers.get(0).inputs()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseATableWithoutHeader() throws IOException {
        expect(
                new TableBytes().bytes(),
                Outcome.UNSUPPORTED,
                "a sorted table that is no TensorFlow checkpoint: no header");
        expect(
                new TableBytes().entry("w", tensor(0)).bytes(),
                Outcome.UNSUPPORTED,
                "a sorted table that is no TensorFlow checkpoint: no header");
    }

    @Test
    void shouldRefuseHeadersThatAreWrong() throws IOException {
        expectHeader(NOTHING, Outcome.MALFORMED, "checkpoint header: expected 1 to 99999 shards, got 0");
        expectHeader(
                number(1, 1L << 40),
                Outcome.MALFORMED,
                "checkpoint header: expected 1 to 99999 shards, got 1099511627776");
        expectHeader(
                join(HEADER, number(2, 2)), Outcome.MALFORMED, "checkpoint header: expected endianness 0 or 1, got 2");
        expectHeader(
                join(HEADER, message(3, number(1, 9), number(2, 2))),
                Outcome.UNSUPPORTED,
                "a TensorFlow checkpoint for readers of version 2, not 1");
        expectHeader(message(1, NOTHING), Outcome.MALFORMED, "checkpoint header: field 1: expected wire type 0, got 2");
        expectHeader(new byte[] {0}, Outcome.MALFORMED, "checkpoint header: expected a field, got tag 0");
        expectHeader(new byte[] {0x7f, 1}, Outcome.MALFORMED, "checkpoint header: wire type 7 of field 15 is unknown");
        expectHeader(
                new byte[] {0x7a, 9},
                Outcome.MALFORMED,
                "checkpoint header: field 15: expected at most 0 bytes, got 9");
        expectHeader(
                new byte[] {8, -1},
                Outcome.MALFORMED,
                "checkpoint header: expected a number of at most 10 bytes, it has no end");
    }

    @Test
    void shouldRefuseTensorsThatAreWrong() throws IOException {
        expectTensor(
                number(1, 1), Outcome.MALFORMED, "tensor w/kernel: expected 4 bytes for shape [] and type F32, got 0");
        expectTensor(tensor(-1), Outcome.MALFORMED, "tensor w/kernel: expected a place of at most 2^63 bytes");
        expectTensor(
                tensor(Long.MAX_VALUE), Outcome.MALFORMED, "tensor w/kernel: expected a place of at most 2^63 bytes");
        expectTensor(
                tensor(0, number(3, 1)), Outcome.MALFORMED, "tensor w/kernel: expected one of 1 shards, got shard 1");
        expectTensor(
                tensor(0, number(3, -1)), Outcome.MALFORMED, "tensor w/kernel: expected one of 1 shards, got shard -1");
        expectTensor(
                tensor(0, message(7)), Outcome.UNSUPPORTED, "tensor w/kernel: variables cut into slices are not read");
        expectTensor(
                tensor(60),
                Outcome.MALFORMED,
                "tensor w/kernel at byte 60: expected 8 bytes, variables.data-00000-of-00001 ends at byte 64");
        expectTensor(tensor(0), Outcome.MALFORMED, "tensor w/kernel: expected CRC-32C 00000000 (masked), got ");
        var negative =
                join(number(1, 1), message(2, message(2, number(1, -2)), message(2, number(1, 1))), number(5, 8));
        expectTensor(negative, Outcome.MALFORMED, "tensor w/kernel: expected sizes >= 0, got [-2, 1]");
        var sizes = new byte[255][];
        Arrays.fill(sizes, message(2, number(1, 1)));
        expectTensor(message(2, sizes), Outcome.MALFORMED, "tensor w/kernel: expected at most 254 sizes");
    }

    @Test
    void shouldRefuseTensorsThatShareBytes() throws IOException {
        var index = new TableBytes().entry("", HEADER).entry("a", tensor(0)).entry("b", tensor(7));
        expect(index.bytes(), Outcome.MALFORMED, "tensor b: expected to begin at byte 8 or later, got 7, an overlap");
    }

    @Test
    void shouldRefuseBlocksThatAreWrong() throws IOException {
        var header = new TableBytes().entry("", HEADER);
        expect(header.type(2).bytes(), Outcome.UNSUPPORTED, "block at byte 0: compression 2 is not read");
        var table = new TableBytes();
        expect(table.table(new byte[3]), Outcome.MALFORMED, "block at byte 0: expected at most 0 restarts, got 0");
        expect(
                table.table(new byte[] {0, 0, 0, 0, -1, -1, -1, -1}),
                Outcome.MALFORMED,
                "block at byte 0: expected at most 1 restarts, got 4294967295");
        expect(
                new TableBytes().raw(1, 0, 0).bytes(),
                Outcome.MALFORMED,
                "block at byte 0: shared bytes of a key: expected at most 0, got 1");
        expect(
                new TableBytes().raw(0, 2, 2, new byte[3]).bytes(),
                Outcome.MALFORMED,
                "block at byte 0: expected an entry of at most 3 bytes, got 4");
        expect(
                new TableBytes()
                        .entry("", HEADER)
                        .entry("b", NOTHING)
                        .entry("a", NOTHING)
                        .bytes(),
                Outcome.MALFORMED,
                "key a: expected keys in ascending order");
    }

    /** Or a small index could have the same block read for ever. */
    @Test
    void shouldRefuseABlockThatIsNamedTwice() throws IOException {
        var file = new ByteArrayOutputStream();
        var place = TableBytes.block(file, new byte[] {0, 0, 0, 0, 1, 0, 0, 0}, 0);
        expect(
                TableBytes.table(file, place, place),
                Outcome.MALFORMED,
                "index block: expected a block from byte 13 on, got 0");
    }

    @Test
    void shouldRefuseABlockBehindTheFooter() throws IOException {
        var far = join(varint(1L << 50), varint(7));
        expect(
                TableBytes.table(new ByteArrayOutputStream(), far),
                Outcome.MALFORMED,
                "place of a block: expected bytes before the footer at byte ");
    }

    @Test
    void shouldHoldWhatSnappyGivesToTheLimitOfHeaders() throws IOException {
        var bomb = new TableBytes().type(1).table(join(varint(1L << 32), new byte[] {0, 0}));
        expect(bomb, Outcome.TOO_LARGE, "Snappy block: 4294967296 bytes, more than is left of maxHeaderBytes");
    }

    /** Keys share their beginnings, so a small block may hold much. */
    @Test
    void shouldHoldKeysToTheLimitOfHeaders() throws IOException {
        var table = new TableBytes().entry("", HEADER);
        int length = 1 << 20;
        table.entry("a".repeat(length), NOTHING);
        for (int i = 0; i < 80; i++) {
            table.raw(length + i, 1, 0, "a".getBytes(StandardCharsets.UTF_8));
        }
        expect(table.bytes(), Outcome.TOO_LARGE, "checkpoint index: more than maxHeaderBytes = ");
    }

    private void expectHeader(byte[] header, Outcome outcome, String reason) throws IOException {
        expect(new TableBytes().entry("", header).bytes(), outcome, reason);
    }

    private void expectTensor(byte[] tensor, Outcome outcome, String reason) throws IOException {
        expect(new TableBytes().entry("", HEADER).entry("w/kernel", tensor).bytes(), outcome, reason);
    }

    private void expect(byte[] index, Outcome outcome, String reason) throws IOException {
        Files.write(folder.resolve("variables.data-00000-of-00001"), new byte[64]);
        var file = Files.write(folder.resolve("variables.index"), index);
        var scan = new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create()).scan(file, "variables.index");
        assertThat(scan.getReason()).startsWith(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }
}
