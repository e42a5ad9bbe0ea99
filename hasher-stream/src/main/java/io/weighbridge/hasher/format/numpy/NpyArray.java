package io.weighbridge.hasher.format.numpy;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * An array as NumPy stores it.
 *
 * <pre>
 * 0  6  93 "NUMPY"
 * 6  2  version: 1.0, 2.0 or 3.0
 * 8     length of the header, little-endian: 2 bytes in version 1.0, 4 in the others
 *       header: a Python literal, {'descr': '&lt;f4', 'fortran_order': False, 'shape': (8, 3), }
 *       numbers, to the end
 * </pre>
 */
final class NpyArray {

    private static final long MAGIC = 0x5950_4d55_4e93L;
    private static final int MAGIC_BYTES = 6;
    private static final int LENGTH_AT = 8;

    private final String name;
    private final ByteRange bytes;
    private final NpyHeader header;
    private final long dataOffset;

    private NpyArray(String name, ByteRange bytes, NpyHeader header, long dataOffset) {
        this.name = name;
        this.bytes = bytes;
        this.header = header;
        this.dataOffset = dataOffset;
    }

    /** Whether the bytes begin as an array does. */
    static boolean isArray(ByteRange bytes) throws IOException {
        return bytes.sizeBytes() >= MAGIC_BYTES && magic(bytes) == MAGIC;
    }

    /** Reads the header; the numbers stay where they are. */
    static NpyArray read(String name, ByteRange bytes, ReadLimits limits) throws IOException {
        try {
            return read(new Start(name, bytes, limits));
        } catch (ModelFormatException e) {
            throw e.in("array " + name);
        }
    }

    private static NpyArray read(Start start) throws IOException {
        if (!isArray(start.bytes)) {
            throw ModelFormatException.malformed("magic at byte 0: expected 93 \"NUMPY\"");
        }
        int lengthBytes = start.lengthBytes();
        long at = LENGTH_AT + lengthBytes;
        var header = new NpyHeader(start.text(at, start.length(lengthBytes)), at);
        long dataOffset = at + start.length(lengthBytes);
        long expected = Shapes.numbers(start.name, header.shape());
        long size = Shapes.numbers(start.name, expected, header.itemBytes());
        if (size != start.bytes.sizeBytes() - dataOffset) {
            throw ModelFormatException.malformed("numbers at byte " + dataOffset + ": expected " + size + " bytes, got "
                    + (start.bytes.sizeBytes() - dataOffset));
        }
        return new NpyArray(start.name, start.bytes, header, dataOffset);
    }

    void addTo(WeightCollector collector) throws IOException {
        long numbers = Shapes.numbers(name, header.shape());
        collector.count(name, numbers);
        if (header.type().isPresent()) {
            var type = header.type().get();
            collector.addByShape(name, header.shape(), type, data(numbers, type));
        }
    }

    private TensorData data(long numbers, ElementType type) {
        var stored = new StoredTensor(bytes, dataOffset, numbers, type, header.order());
        return header.isFortranOrder() ? turned(stored) : stored;
    }

    /** Fortran order, first axis fastest, is the usual order of the axes turned round. */
    private TensorData turned(TensorData stored) {
        int rank = header.shape().length;
        var shape = new long[rank];
        var order = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = header.shape()[rank - 1 - axis];
            order[axis] = rank - 1 - axis;
        }
        return stored.permuted(shape, order);
    }

    private static long magic(ByteRange bytes) throws IOException {
        var start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.readInto(start.limit(MAGIC_BYTES), 0, "magic");
        return start.clear().getLong();
    }

    /** What precedes the numbers. */
    private record Start(String name, ByteRange bytes, ReadLimits limits) {

        /** How many bytes the length of the header takes. */
        int lengthBytes() throws IOException {
            var version = read(MAGIC_BYTES, 2, "version");
            int major = version.get() & 0xff;
            int minor = version.get() & 0xff;
            if (major < 1 || major > 3 || minor != 0) {
                throw ModelFormatException.unsupported(
                        "version at byte 6: expected 1.0, 2.0 or 3.0, got " + major + "." + minor);
            }
            return major == 1 ? Short.BYTES : Integer.BYTES;
        }

        long length(int lengthBytes) throws IOException {
            var field = read(LENGTH_AT, lengthBytes, "header length");
            return lengthBytes == Short.BYTES ? field.getShort() & 0xffff : field.getInt() & 0xffff_ffffL;
        }

        String text(long at, long length) throws IOException {
            if (length > Math.min(limits.maxHeaderBytes(), Integer.MAX_VALUE)) {
                throw ModelFormatException.tooLarge("header at byte " + at + ": " + length
                        + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
            }
            return StandardCharsets.UTF_8
                    .decode(read(at, (int) length, "header"))
                    .toString();
        }

        private ByteBuffer read(long at, int length, String what) throws IOException {
            if (length > bytes.sizeBytes() - at) {
                throw ModelFormatException.malformed(
                        what + " at byte " + at + ": expected " + length + " bytes, it ends at " + bytes.sizeBytes());
            }
            var target = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.readInto(target, at, what);
            return target.flip();
        }
    }
}
