package io.weighbridge.hasher.format.zip;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;

/** The zip64 field among an entry's extra fields: 8-byte values for those of its header that do not fit 4 bytes, in their order. */
final class Zip64Extra {

    private static final int ID = 1;
    private static final long SATURATED = 0xffffffffL;

    private final String entry;
    private final ByteBuffer wide;

    /** Searches {@code extra}, a list of {@code id 2, length 2, bytes}; a torn list ends the search. */
    Zip64Extra(String entry, ByteBuffer extra) {
        this.entry = entry;
        this.wide = find(extra);
    }

    /** The value itself, or the next wide one if it is saturated. */
    long widen(long value) throws ModelFormatException {
        if (value != SATURATED) {
            return value;
        }
        if (wide.remaining() < Long.BYTES) {
            throw ModelFormatException.malformed("zip entry " + entry + ": a zip64 value is missing");
        }
        return wide.getLong();
    }

    private static ByteBuffer find(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort() & 0xffff;
            int length = extra.getShort() & 0xffff;
            if (length > extra.remaining()) {
                break;
            }
            if (id == ID) {
                return extra.slice(extra.position(), length).order(extra.order());
            }
            extra.position(extra.position() + length);
        }
        return ByteBuffer.allocate(0);
    }
}
