package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** Whole numbers that stand for {@code scale * (number - zero)}, scale and zero being those of the whole tensor or of one index of an axis. */
final class QuantisedTensor implements TensorData {

    private static final int CHUNK_NUMBERS = 1 << 16;

    /** How a number is stored. Two of 4 bits share a byte, the first in its lower half. */
    enum Width {
        INT4(4),
        UINT8(8),
        INT8(8),
        INT16(16);

        private final int bits;

        Width(int bits) {
            this.bits = bits;
        }

        long bytes(long numbers) {
            return numbers / 8 * bits + (numbers % 8 * bits + 7) / 8;
        }
    }

    /**
     * Where the numbers lie.
     *
     * @param numbers how many
     */
    record Place(ByteRange bytes, long offsetBytes, long numbers, Width width) {}

    private final Place place;
    private final float[] scales;
    private final long[] zeros;
    private final long inner;

    /**
     * @param scales one, or one for each index of the axis
     * @param zeros as many
     * @param inner numbers behind one index of the axis
     */
    QuantisedTensor(Place place, float[] scales, long[] zeros, long inner) {
        this.place = place;
        this.scales = scales.clone();
        this.zeros = zeros.clone();
        this.inner = inner;
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        Objects.checkFromIndexSize(from, count, place.numbers);
        int length;
        for (int done = 0; done < count; done += length) {
            length = Math.min(CHUNK_NUMBERS, count - done);
            readChunk(from + done, length, target, at + done);
        }
    }

    private void readChunk(long from, int count, float[] target, int at) throws IOException {
        int bits = place.width.bits;
        // relies on: the bytes before number `from` are whole ones but for half a byte of 4 bits
        long firstByte = from * bits / 8;
        long endByte = place.width.bytes(from + count);
        var bytes = ByteBuffer.allocate((int) (endByte - firstByte)).order(ByteOrder.LITTLE_ENDIAN);
        place.bytes.readInto(bytes, place.offsetBytes + firstByte, "weights");
        bytes.flip();
        int skipped = bits == 4 ? (int) (from & 1) : 0;
        long behind = from % inner;
        int channel = (int) (from / inner % scales.length);
        for (int i = 0; i < count; i++) {
            target[at + i] = (float) ((double) scales[channel] * (number(bytes, skipped + i) - zeros[channel]));
            if (++behind == inner) {
                behind = 0;
                channel = channel + 1 == scales.length ? 0 : channel + 1;
            }
        }
    }

    private int number(ByteBuffer bytes, int index) {
        return switch (place.width) {
            case INT4 -> (byte) (bytes.get(index / 2) << (index % 2 == 0 ? 4 : 0)) >> 4;
            case UINT8 -> bytes.get(index) & 0xff;
            case INT8 -> bytes.get(index);
            case INT16 -> bytes.getShort(index * Short.BYTES);
        };
    }
}
