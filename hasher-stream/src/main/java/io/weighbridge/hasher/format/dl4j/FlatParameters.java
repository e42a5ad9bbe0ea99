package io.weighbridge.hasher.format.dl4j;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * The numbers of {@code coefficients.bin}: all parameters of a network in one vector.
 *
 * <p>Layout, big-endian: two buffers, each {@code UTF mode | length | UTF type | values}; the first holds the shape information as
 * {@code rank, sizes, strides, ...}, the second the numbers. The length has 8 bytes, in old files 4.
 */
final class FlatParameters {

    private static final String WHAT = "coefficients.bin";
    private static final Set<String> LONG_LENGTHS = Set.of("LONG_SHAPE", "MIXED_DATA_TYPES");
    private static final int MAX_TEXT_BYTES = 64;
    private static final int MAX_SHAPE_NUMBERS = 256;
    private static final Map<String, ElementType> TYPES = Map.of(
            "FLOAT", ElementType.F32,
            "DOUBLE", ElementType.F64,
            "HALF", ElementType.F16,
            "BFLOAT16", ElementType.BF16,
            "LONG", ElementType.I64,
            "INT", ElementType.I32);

    /** Type and length of a buffer. */
    private record Header(ElementType type, long length) {}

    private final ByteRange entry;
    private final Header numbers;
    private final long dataOffset;
    private long position;

    FlatParameters(ByteRange entry) throws IOException {
        this.entry = entry;
        long product = shape();
        numbers = header();
        dataOffset = position;
        if (!numbers.type.isFloating()) {
            throw ModelFormatException.unsupported(WHAT + ": numbers of type " + numbers.type + " are not read");
        }
        long expected = dataOffset + numbers.length * numbers.type.sizeBytes();
        if (product != numbers.length || entry.sizeBytes() != expected) {
            throw ModelFormatException.malformed(WHAT + ": expected " + product + " numbers and " + expected
                    + " bytes, got " + numbers.length + " and " + entry.sizeBytes());
        }
    }

    long count() {
        return numbers.length;
    }

    ElementType type() {
        return numbers.type;
    }

    /** The numbers {@code from} to {@code from + count - 1}, which must exist. */
    TensorData slice(long from, long count) {
        return new StoredTensor(
                entry, dataOffset + from * numbers.type.sizeBytes(), count, numbers.type, ByteOrder.BIG_ENDIAN);
    }

    /** Reads the first buffer; returns how many numbers the shape stands for. Only vectors are parameters of a network. */
    private long shape() throws IOException {
        var header = header();
        if (header.type.isFloating() || header.length > MAX_SHAPE_NUMBERS) {
            throw ModelFormatException.malformed(WHAT + ": expected shape information, got " + header);
        }
        var values = new long[(int) header.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = header.type == ElementType.I64
                    ? take(Long.BYTES).getLong()
                    : take(Integer.BYTES).getInt();
        }
        long rank = values.length == 0 ? -1 : values[0];
        if (rank < 1 || rank > 2 || values.length < 1 + rank) {
            throw ModelFormatException.malformed(WHAT + ": expected a vector, got rank " + rank);
        }
        if (rank == 2 && values[1] != 1 && values[2] != 1) {
            throw ModelFormatException.unsupported(WHAT + ": a matrix of parameters is not read");
        }
        return rank == 1 ? values[1] : Math.max(values[1], values[2]);
    }

    private Header header() throws IOException {
        boolean isLong = LONG_LENGTHS.contains(text());
        long length = isLong ? take(Long.BYTES).getLong() : take(Integer.BYTES).getInt();
        var name = text();
        var type = TYPES.get(name);
        if (type == null) {
            throw ModelFormatException.unsupported(WHAT + ": numbers of type " + name + " are not read");
        }
        if (length < 0 || length > entry.sizeBytes() / type.sizeBytes()) {
            throw ModelFormatException.malformed(WHAT + " at byte " + position + ": expected " + length
                    + " numbers, the entry has " + entry.sizeBytes() + " bytes");
        }
        return new Header(type, length);
    }

    private String text() throws IOException {
        int length = take(Short.BYTES).getShort() & 0xffff;
        if (length > MAX_TEXT_BYTES) {
            throw ModelFormatException.malformed(
                    WHAT + " at byte " + position + ": expected a short name, got " + length + " bytes");
        }
        return StandardCharsets.UTF_8.decode(take(length)).toString();
    }

    private ByteBuffer take(int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        entry.readInto(bytes, position, WHAT);
        position += length;
        return bytes.flip();
    }
}
