package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Walks over bytes one by one. */
final class ByteCursor {

    private static final int WINDOW_BYTES = 1 << 13;

    private final ByteRange source;
    private final ByteBuffer window;
    private long windowAt;

    ByteCursor(ByteRange source, long from) {
        this.source = source;
        this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, source.sizeBytes()));
        this.window.limit(0);
        this.windowAt = from;
    }

    long position() {
        return windowAt + window.position();
    }

    boolean isAtEnd() {
        return position() >= source.sizeBytes();
    }

    /** The next byte without taking it, -1 at the end. */
    int peek() throws IOException {
        if (!window.hasRemaining()) {
            refill();
        }
        return window.hasRemaining() ? window.get(window.position()) & 0xff : -1;
    }

    /** The next byte, -1 at the end. */
    int next() throws IOException {
        int value = peek();
        if (value >= 0) {
            window.position(window.position() + 1);
        }
        return value;
    }

    private void refill() throws IOException {
        windowAt = position();
        window.clear().limit((int) Math.min(window.capacity(), source.sizeBytes() - windowAt));
        source.readInto(window, windowAt, "text of a pickle");
        window.flip();
    }
}
