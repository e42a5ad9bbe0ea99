package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import java.nio.ByteOrder;

/** One tensor of the header: {@code end - begin} bytes from {@code begin}, counted from the end of the header. */
final class TensorEntry {

    private final String name;
    private final Dtype type;
    private final long[] shape;
    private final long begin;
    private final long end;
    private final long numbers;

    /** Takes the shape over. */
    TensorEntry(String name, Dtype type, long[] shape, long begin, long end) throws ModelFormatException {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.begin = begin;
        this.end = end;
        this.numbers = Shapes.numbers(name, shape);
        checkSize();
    }

    String name() {
        return name;
    }

    Dtype type() {
        return type;
    }

    /** Not to be changed. */
    long[] shape() {
        return shape;
    }

    long begin() {
        return begin;
    }

    long end() {
        return end;
    }

    long numbers() {
        return numbers;
    }

    /** Its numbers. Relies on: the dtype has a type. */
    StoredTensor data(ModelBytes file, long dataStart) {
        return new StoredTensor(file, dataStart + begin, numbers, type.type(), ByteOrder.LITTLE_ENDIAN);
    }

    private void checkSize() throws ModelFormatException {
        long bits = Shapes.numbers(name, numbers, type.bits());
        if (bits % Byte.SIZE != 0) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected whole bytes, got " + bits + " bits for its shape and dtype");
        }
        long bytes = bits / Byte.SIZE;
        if (begin < 0 || end < begin || end - begin != bytes) {
            throw ModelFormatException.malformed("tensor " + name + ": expected " + bytes
                    + " bytes for its shape and dtype, got data_offsets [" + begin + ", " + end + "]");
        }
    }
}
