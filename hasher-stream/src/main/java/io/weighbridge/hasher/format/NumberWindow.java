package io.weighbridge.hasher.format;

import java.io.IOException;

/** Single numbers of a tensor, read in pieces, so that as many scales as a file likes to have are never all in memory. */
final class NumberWindow {

    private static final int NUMBERS = 1 << 12;

    private final TensorData source;
    private final long size;
    private float[] piece = {};
    private long start;

    NumberWindow(TensorData source, long size) {
        this.source = source;
        this.size = size;
    }

    /** Relies on: {@code index} is less than the size. */
    float at(long index) throws IOException {
        if (index < start || index >= start + piece.length) {
            int length = (int) Math.min(NUMBERS, size - index);
            piece = piece.length == length ? piece : new float[length];
            source.read(index, length, piece, 0);
            start = index;
        }
        return piece[(int) (index - start)];
    }
}
