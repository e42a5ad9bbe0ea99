package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;

/** The bytes of constants: in the flat buffer itself, or behind it where the file is too large for its 32-bit places. */
final class TfliteBuffers {

    /** @param size 0 for a tensor that is no constant */
    record Bytes(ModelBytes file, long offset, long size) {}

    private final ModelBytes file;
    private final FlatVector buffers;

    TfliteBuffers(ModelBytes file, FlatTable model) throws IOException {
        this.file = file;
        this.buffers = model.vector(4, Integer.BYTES, "buffers");
    }

    Bytes of(TfliteTensor tensor) throws IOException {
        long index = tensor.buffer();
        if (index == 0) {
            // The first buffer is empty by convention: tensors without a constant name it.
            return new Bytes(file, 0, 0);
        }
        if (index >= buffers.count()) {
            throw ModelFormatException.malformed("tensor " + tensor.name() + ": expected one of " + buffers.count()
                    + " buffers, got buffer " + index);
        }
        var buffer = buffers.table((int) index, "buffer " + index);
        long offset = buffer.int64(1);
        // Writers reserve the fields with a 1 before they know whether they need them.
        return Long.compareUnsigned(offset, 1) > 0 ? behind(buffer, index, offset) : inside(buffer, index);
    }

    private Bytes inside(FlatTable buffer, long index) throws IOException {
        var data = buffer.vector(0, Byte.BYTES, "data of buffer " + index);
        return new Bytes(file, data.at(), data.count());
    }

    private Bytes behind(FlatTable buffer, long index, long offset) throws IOException {
        long size = buffer.int64(2);
        if (offset < 0 || size < 0 || offset > file.sizeBytes() || size > file.sizeBytes() - offset) {
            throw ModelFormatException.malformed(
                    "buffer " + index + ": expected bytes before the end of the file at byte "
                            + file.sizeBytes() + ", got " + Long.toUnsignedString(size) + " bytes at byte "
                            + Long.toUnsignedString(offset));
        }
        return new Bytes(file, offset, size);
    }
}
