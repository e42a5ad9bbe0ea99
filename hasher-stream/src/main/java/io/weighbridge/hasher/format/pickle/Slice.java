package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A stretch of other bytes. Relies on: it lies inside of them. */
public record Slice(ByteRange source, long from, long sizeBytes) implements ByteRange {

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        if (offset < 0 || target.remaining() > sizeBytes - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + target.remaining()
                    + " bytes, there are " + sizeBytes);
        }
        source.readInto(target, from + offset, what);
    }
}
