package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Stored integers as numbers. Exact below 2^24. */
record IntegerTensor(ByteRange bytes, long offsetBytes, long numbers, ElementType type, ByteOrder order)
        implements TensorData {

    private static final int CHUNK_NUMBERS = 1 << 14;

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        var chunk = ByteBuffer.allocate(Math.min(count, CHUNK_NUMBERS) * type.sizeBytes())
                .order(order);
        int length;
        for (int done = 0; done < count; done += length) {
            length = Math.min(CHUNK_NUMBERS, count - done);
            chunk.clear().limit(length * type.sizeBytes());
            bytes.readInto(chunk, offsetBytes + (from + done) * type.sizeBytes(), "weights");
            chunk.flip();
            for (int i = 0; i < length; i++) {
                target[at + done + i] = next(chunk);
            }
        }
    }

    private float next(ByteBuffer in) {
        return switch (type) {
            case I8 -> in.get();
            case U8, BOOL -> in.get() & 0xff;
            case I16 -> in.getShort();
            case U16 -> in.getShort() & 0xffff;
            case I32 -> in.getInt();
            case U32 -> Integer.toUnsignedLong(in.getInt());
            case I64, U64 -> in.getLong();
            default -> Float.NaN;
        };
    }
}
