package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of keys and values in the order of the keys, as LevelDB has it: {@code blocks | footer}.
 *
 * <p>The footer is {@code place of the meta index | place of the index | zeros up to byte 40 | magic, 8 bytes}, a place being two varints, offset
 * and size. The index is a block whose values are the places of the others. Behind each block are its type, 1 byte, and its checksum, 4
 * bytes. All of it is held in memory, up to {@link ReadLimits#maxHeaderBytes()}.
 */
final class SortedTable {

    private static final long MAGIC = 0xdb4775248b80fb57L;
    private static final int FOOTER_BYTES = 48;
    private static final int TRAILER_BYTES = 5;
    private static final int PLAIN = 0;
    private static final int SNAPPY = 1;

    private record Place(long offset, long size) {

        static Place read(ByteBuffer in, String subject) throws ModelFormatException {
            return new Place(Varint.read(in, subject), Varint.read(in, subject));
        }

        long end() {
            return offset + size + TRAILER_BYTES;
        }
    }

    private final ModelBytes file;
    private final ReadLimits limits;
    private final List<TableEntry> entries = new ArrayList<>();
    private long bytesLeft;

    private SortedTable(ModelBytes file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
        this.bytesLeft = limits.maxHeaderBytes();
    }

    static boolean isTable(ModelBytes file) throws IOException {
        return file.sizeBytes() >= FOOTER_BYTES
                && file.peek(file.sizeBytes() - Long.BYTES, Long.BYTES).getLong() == MAGIC;
    }

    /** All entries, in the order of their keys, each key once. Every checksum is compared. */
    static List<TableEntry> read(ModelBytes file, ReadLimits limits) throws IOException {
        var table = new SortedTable(file, limits);
        table.readAll();
        return table.entries;
    }

    private void readAll() throws IOException {
        if (!isTable(file)) {
            throw ModelFormatException.malformed("footer: expected a magic number in the last 8 bytes of "
                    + file.sizeBytes() + ", the file is cut off");
        }
        var footer = file.read(file.sizeBytes() - FOOTER_BYTES, FOOTER_BYTES, "footer");
        Place.read(footer, "footer");
        var index = new TableBlock(block(Place.read(footer, "footer")), "index block");
        long end = 0;
        for (var row = index.next(); row != null; row = index.next()) {
            var place = Place.read(row.value(), "index block");
            if (place.offset() < end) {
                throw ModelFormatException.malformed(
                        "index block: expected a block from byte " + end + " on, got " + place.offset());
            }
            addEntries(new TableBlock(block(place), "block at byte " + place.offset()));
            end = place.end();
        }
    }

    private void addEntries(TableBlock block) throws ModelFormatException {
        for (var entry = block.next(); entry != null; entry = block.next()) {
            if (!entries.isEmpty() && entries.get(entries.size() - 1).compareTo(entry) >= 0) {
                throw ModelFormatException.malformed("key " + entry.key() + ": expected keys in ascending order");
            }
            if (entries.size() > limits.maxTensors()) {
                throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
            }
            take(entry.keyBytes());
            entries.add(entry);
        }
    }

    /** What a block holds, little-endian. */
    private ByteBuffer block(Place place) throws IOException {
        long end = file.sizeBytes() - FOOTER_BYTES;
        if (place.offset() < 0
                || place.size() < 0
                || place.offset() > end
                || place.size() > end - TRAILER_BYTES - place.offset()) {
            throw ModelFormatException.malformed("place of a block: expected bytes before the footer at byte " + end
                    + ", got " + Long.toUnsignedString(place.size()) + " bytes at byte "
                    + Long.toUnsignedString(place.offset()));
        }
        take(place.size());
        var subject = "block at byte " + place.offset();
        var stored = file.read(place.offset(), (int) place.size() + TRAILER_BYTES, subject);
        var contents = stored.slice(0, (int) place.size()).order(ByteOrder.LITTLE_ENDIAN);
        int type = stored.get((int) place.size());
        new MaskedCrc()
                .update(contents.duplicate())
                .update(type)
                .expect(stored.getInt((int) place.size() + 1), subject);
        return switch (type) {
            case PLAIN -> contents;
            case SNAPPY -> inflate(contents);
            default ->
                throw ModelFormatException.unsupported(subject + ": compression " + (type & 0xff) + " is not read");
        };
    }

    private ByteBuffer inflate(ByteBuffer contents) throws ModelFormatException {
        var inflated = Snappy.decompress(contents, bytesLeft);
        take(inflated.remaining());
        return inflated;
    }

    private void take(long bytes) throws ModelFormatException {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw ModelFormatException.tooLarge(
                    "checkpoint index: more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
    }
}
