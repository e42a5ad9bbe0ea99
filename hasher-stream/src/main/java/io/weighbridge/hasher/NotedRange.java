package io.weighbridge.hasher;

import io.weighbridge.hasher.format.ByteRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** Bytes that note which of their pages of 64 KiB were read, and which bytes were claimed. */
record NotedRange(ByteRange source, BitSet pages, Claims claims) implements ByteRange, Closeable {

    private static final int PAGE_BYTES = 1 << 16;

    /** Biases, statistics and padding are passed over: that much of a file may go unread and it still was read as a whole. */
    private static final int MAX_UNREAD_PAGES = 16;

    static boolean isWhole(BitSet pages, long sizeBytes) {
        return (sizeBytes + PAGE_BYTES - 1) / PAGE_BYTES - pages.cardinality()
                < (sizeBytes > MAX_UNREAD_PAGES * PAGE_BYTES ? MAX_UNREAD_PAGES : 1);
    }

    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    @Override
    public void readInto(ByteBuffer target, long offset, String what) throws IOException {
        int length = target.remaining();
        source.readInto(target, offset, what);
        if (length > 0) {
            pages.set((int) (offset / PAGE_BYTES), (int) ((offset + length - 1) / PAGE_BYTES) + 1);
        }
    }

    @Override
    public void claim(long offset, long length) {
        claims.add(offset, length);
    }

    @Override
    public void close() throws IOException {
        if (source instanceof Closeable closeable) {
            closeable.close();
        }
    }
}
