package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One block of a sorted table: {@code entries | where keys start anew, 4 bytes each | how many of those, 4 bytes}.
 *
 * <p>An entry is {@code bytes shared with the key before | further bytes of the key | bytes of the value}, three varints, then the further
 * bytes and the value.
 */
final class TableBlock {

    private final ByteBuffer entries;
    private final String subject;
    private TableEntry last = new TableEntry(new byte[0], ByteBuffer.allocate(0));

    /** @param contents without type and checksum, little-endian */
    TableBlock(ByteBuffer contents, String subject) throws ModelFormatException {
        this.subject = subject;
        int room = contents.remaining() - Integer.BYTES;
        long restarts = room < 0 ? 0 : contents.getInt(contents.limit() - Integer.BYTES) & 0xffffffffL;
        if (room < 0 || restarts > room / Integer.BYTES) {
            throw ModelFormatException.malformed(
                    subject + ": expected at most " + Math.max(0, room / Integer.BYTES) + " restarts, got " + restarts);
        }
        this.entries = contents.slice(contents.position(), room - (int) restarts * Integer.BYTES);
    }

    /** The next entry, or null behind the last. */
    TableEntry next() throws ModelFormatException {
        if (!entries.hasRemaining()) {
            return null;
        }
        int shared = Varint.read(entries, last.keyBytes(), subject + ": shared bytes of a key");
        int further = Varint.read(entries, entries.remaining(), subject + ": bytes of a key");
        int valueBytes = Varint.read(entries, entries.remaining(), subject + ": bytes of a value");
        if ((long) further + valueBytes > entries.remaining()) {
            throw ModelFormatException.malformed(subject + ": expected an entry of at most " + entries.remaining()
                    + " bytes, got " + ((long) further + valueBytes));
        }
        var key = last.prefix(shared + further);
        entries.get(key, shared, further);
        var value = entries.slice(entries.position(), valueBytes).order(ByteOrder.LITTLE_ENDIAN);
        entries.position(entries.position() + valueBytes);
        last = new TableEntry(key, value);
        return last;
    }
}
