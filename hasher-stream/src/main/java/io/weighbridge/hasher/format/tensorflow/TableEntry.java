package io.weighbridge.hasher.format.tensorflow;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One key of a sorted table with its value. */
final class TableEntry implements Comparable<TableEntry> {

    private final byte[] key;
    private final ByteBuffer value;

    /** Keeps both: they must not change any more. */
    TableEntry(byte[] key, ByteBuffer value) {
        this.key = key;
        this.value = value;
    }

    String key() {
        return new String(key, StandardCharsets.UTF_8);
    }

    int keyBytes() {
        return key.length;
    }

    /** A view of its own, little-endian. */
    ByteBuffer value() {
        return value.duplicate().order(value.order());
    }

    byte[] prefix(int length) {
        return Arrays.copyOf(key, length);
    }

    /** The order of a table: keys as unsigned bytes. */
    @Override
    public int compareTo(TableEntry other) {
        return Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TableEntry entry && Arrays.equals(key, entry.key) && value.equals(entry.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
