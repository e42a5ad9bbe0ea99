package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;

/** Bytes that are held: short ones, which a pickle spells as text. */
final class MemoryRange implements ByteRange {

    private final byte[] bytes;

    /** Keeps the array. */
    MemoryRange(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws ModelFormatException {
        if (offset < 0 || target.remaining() > bytes.length - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + target.remaining()
                    + " bytes, there are " + bytes.length);
        }
        target.put(bytes, (int) offset, target.remaining());
    }
}
