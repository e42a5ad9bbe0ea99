package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.util.Objects;

/**
 * A list in a flat buffer: {@code how many, 4 bytes | elements}. All of it lies inside the file.
 *
 * @param at of the first element
 */
record FlatVector(FlatBytes file, long at, int count, String what) {

    static FlatVector empty(FlatBytes file) {
        return new FlatVector(file, 0, 0, "");
    }

    static FlatVector at(FlatBytes file, long at, int elementBytes, String what) throws IOException {
        long count = file.read(at, Integer.BYTES, what).getInt() & 0xffffffffL;
        long first = at + Integer.BYTES;
        if (count > Integer.MAX_VALUE || count * elementBytes > file.sizeBytes() - first) {
            throw ModelFormatException.malformed(what + " at byte " + at + ": expected at most "
                    + (file.sizeBytes() - first) / elementBytes + " as the file ends there, got " + count);
        }
        return new FlatVector(file, first, (int) count, what);
    }

    int int32(int index) throws IOException {
        return file.read(place(index, Integer.BYTES), Integer.BYTES, what).getInt();
    }

    long int64(int index) throws IOException {
        return file.read(place(index, Long.BYTES), Long.BYTES, what).getLong();
    }

    /** All of them: the list must be short. */
    float[] floats() throws IOException {
        var floats = new float[count];
        file.read(at, Math.multiplyExact(count, Float.BYTES), what)
                .asFloatBuffer()
                .get(floats);
        return floats;
    }

    /** All of them: the list must be short. */
    long[] longs() throws IOException {
        var longs = new long[count];
        file.read(at, Math.multiplyExact(count, Long.BYTES), what)
                .asLongBuffer()
                .get(longs);
        return longs;
    }

    FlatTable table(int index, String name) throws IOException {
        return new FlatTable(file, FlatTable.pointed(file, place(index, Integer.BYTES), name), name);
    }

    private long place(int index, int elementBytes) {
        Objects.checkIndex(index, count);
        return at + (long) index * elementBytes;
    }
}
