package io.weighbridge.hasher.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers that lie in a file, or in an entry of an archive, one after the other.
 *
 * @param offsetBytes of the first number
 * @param numbers at most {@link Integer#MAX_VALUE}
 */
public record StoredTensor(ByteRange bytes, long offsetBytes, long numbers, ElementType type, ByteOrder order)
        implements TensorData {

    private static final int CHUNK_NUMBERS = 1 << 16;

    @Override
    public float[] read() throws IOException {
        var out = new float[Math.toIntExact(numbers)];
        var chunk = ByteBuffer.allocate(Math.min(out.length, CHUNK_NUMBERS) * type.sizeBytes())
                .order(order);
        for (int from = 0; from < out.length; from += CHUNK_NUMBERS) {
            int count = Math.min(CHUNK_NUMBERS, out.length - from);
            chunk.clear().limit(count * type.sizeBytes());
            bytes.readInto(chunk, offsetBytes + (long) from * type.sizeBytes(), "weights");
            type.decode(chunk.flip(), out, from, count);
        }
        return out;
    }
}
