package io.weighbridge.hasher.format.keras;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.Superblock;
import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Structures laid out as the HDF5 File Format Specification, version 3.0, section III has them, with offsets and lengths of 8 bytes. */
class Hdf5CountsTest {

    private static final int FILE_BYTES = 1000;
    private static final int UNDEFINED = -1;

    private final Hdf5Counts counts = new Hdf5Counts(new Superblock.SuperblockV2V3(0, 48), FILE_BYTES);

    @Test
    void shouldHoldTheRecordsOfABTree() {
        assertThatCode(() -> counts.check(tree(50, 20), 0)).doesNotThrowAnyException();
        refuse(tree(51, 20), "51 records of a B-tree, more than a file of 1000 bytes can hold");
        refuse(tree(UNDEFINED, 20), "18446744073709551615 records");
        refuse(tree(1L << 31, 0), "2147483648 records");
    }

    @Test
    void shouldHoldTheBlocksOfAFractalHeap() {
        assertThatCode(() -> counts.check(heap(4, 31), 0)).doesNotThrowAnyException();
        refuse(heap(4, 32), "128 blocks of a heap");
        // In 32 bits this is 0.
        refuse(heap(1 << 15, 1 << 14), "536870912 blocks of a heap");
    }

    @Test
    void shouldHoldTheChunksOfArrays() {
        assertThatCode(() -> counts.check(fixed(125), 0)).doesNotThrowAnyException();
        refuse(fixed(126), "126 chunks in an array");
        assertThatCode(() -> counts.check(extensible(125, 125), 0)).doesNotThrowAnyException();
        refuse(extensible(126, 1), "126 blocks of an array");
        refuse(extensible(1, 126), "126 chunks in an array");
    }

    @Test
    void shouldHoldTheNamesOfAGroup() throws ModelFormatException {
        counts.check(
                begin("HEAP").putInt(0).putLong(2000).putLong(0).putLong(64).flip(), 32);
        var names = ByteBuffer.allocate(2000);
        names.put(3, "a".repeat(1024).getBytes(StandardCharsets.US_ASCII));

        assertThatCode(() -> counts.checkNames(names, 64)).doesNotThrowAnyException();
        names.put(1027, (byte) 'a');
        assertThatCode(() -> counts.checkNames(names, 65)).doesNotThrowAnyException();
        assertThatThrownBy(() -> counts.checkNames(names, 64))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("names in a group at byte 67: expected at most 1024 bytes each");
    }

    @Test
    void shouldLeaveWhatIsCutOffToTheLibrary() {
        assertThatCode(() -> counts.check(begin("BTHD").putInt(1).flip(), 0)).doesNotThrowAnyException();
        assertThatCode(() -> counts.check(ByteBuffer.allocate(3), 0)).doesNotThrowAnyException();
    }

    private void refuse(ByteBuffer structure, String reason) {
        assertThatThrownBy(() -> counts.check(structure, 40))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("HDF5 at address 40: " + reason);
    }

    /** III.A.2: version, type, node size, record size, depth, split and merge percent, root address, records in the root, all records. */
    private static ByteBuffer tree(long records, int recordBytes) {
        return begin("BTHD")
                .put((byte) 0)
                .put((byte) 5)
                .putInt(512)
                .putShort((short) recordBytes)
                .putShort((short) 0)
                .put((byte) 100)
                .put((byte) 40)
                .putLong(0)
                .putShort((short) 1)
                .putLong(records)
                .putInt(0)
                .flip();
    }

    /** III.G: nine fields before the counts of objects, the doubling table behind them. */
    private static ByteBuffer heap(int width, int rows) {
        var header = begin("FRHP").put((byte) 0).putShort((short) 7).putShort((short) 0);
        header.put((byte) 0).putInt(4096);
        for (int i = 0; i < 12; i++) {
            header.putLong(0);
        }
        header.putShort((short) width).putLong(512).putLong(4096);
        header.putShort((short) 32).putShort((short) 1).putLong(100).putShort((short) rows);
        return header.flip();
    }

    private static ByteBuffer fixed(long entries) {
        return begin("FAHD")
                .put(new byte[] {0, 0, 8, 10})
                .putLong(entries)
                .putLong(0)
                .putInt(0)
                .flip();
    }

    private static ByteBuffer extensible(long blocks, long entries) {
        return begin("EAHD")
                .put(new byte[] {0, 0, 8, 32, 4, 16, 4, 10})
                .putLong(blocks)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(entries)
                .putLong(0)
                .putLong(0)
                .putInt(0)
                .flip();
    }

    private static ByteBuffer begin(String signature) {
        return ByteBuffer.allocate(256)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(signature.getBytes(StandardCharsets.US_ASCII));
    }
}
