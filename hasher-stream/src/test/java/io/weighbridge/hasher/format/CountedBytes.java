package io.weighbridge.hasher.format;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes in memory that count what is read of them, and refuse to be read for ever. */
final class CountedBytes implements ByteRange {

    private final byte[] bytes;
    private final long maxReads;
    private long reads;
    private long readBytes;

    CountedBytes(byte[] bytes, long maxReads) {
        this.bytes = bytes;
        this.maxReads = maxReads;
    }

    long reads() {
        return reads;
    }

    long readBytes() {
        return readBytes;
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        if (++reads > maxReads) {
            throw new IllegalStateException(what + ": more than " + maxReads + " reads");
        }
        readBytes += target.remaining();
        if (offset < 0 || target.remaining() > bytes.length - offset) {
            throw ModelFormatException.malformed(what + " at byte " + offset + ": expected " + target.remaining()
                    + " bytes, the file has " + bytes.length);
        }
        target.put(bytes, (int) offset, target.remaining());
    }
}
