package io.weighbridge.hasher.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Numbers that lie in a file, or in an entry of an archive, one after the other.
 *
 * @param offsetBytes of the first number
 */
public record StoredTensor(ByteRange bytes, long offsetBytes, long numbers, ElementType type, ByteOrder order)
        implements TensorData {

    private static final int CHUNK_NUMBERS = 1 << 16;

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        Objects.checkFromIndexSize(from, count, numbers);
        var chunk = ByteBuffer.allocate(Math.min(count, CHUNK_NUMBERS) * type.sizeBytes())
                .order(order);
        int length;
        for (int done = 0; done < count; done += length) {
            length = Math.min(CHUNK_NUMBERS, count - done);
            chunk.clear().limit(length * type.sizeBytes());
            bytes.readInto(chunk, offsetBytes + (from + done) * type.sizeBytes(), "weights");
            type.decode(chunk.flip(), target, at + done, length);
        }
    }
}
