package io.weighbridge.hasher.format.protobuf;

import io.weighbridge.hasher.format.ModelBytes;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Single bytes of a file, read in pieces of 64 KiB. */
public final class ByteWindow {

    private static final int BYTES = 1 << 16;

    private final ModelBytes file;
    private ByteBuffer piece = ByteBuffer.allocate(0);
    private long start;

    public ByteWindow(ModelBytes file) {
        this.file = file;
    }

    public ModelBytes file() {
        return file;
    }

    /** The byte at {@code offset}, which must be inside the file. */
    public int at(long offset) throws IOException {
        if (offset < start || offset >= start + piece.limit()) {
            piece = file.peek(offset, BYTES);
            start = offset;
        }
        return piece.get((int) (offset - start)) & 0xff;
    }
}
