package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;

/** One tensor of the header: {@code end - begin} bytes from {@code begin}, counted from the end of the header. */
final class TensorEntry {

    private final String name;
    private final ElementType type;
    private final long[] shape;
    private final long begin;
    private final long end;

    /** Takes the shape over. */
    TensorEntry(String name, ElementType type, long[] shape, long begin, long end) throws ModelFormatException {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.begin = begin;
        this.end = end;
        checkSize();
    }

    String name() {
        return name;
    }

    ElementType type() {
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
        return (end - begin) / type.sizeBytes();
    }

    private void checkSize() throws ModelFormatException {
        long bytes = Shapes.numbers(name, Shapes.numbers(name, shape), type.sizeBytes());
        if (begin < 0 || end < begin || end - begin != bytes) {
            throw ModelFormatException.malformed("tensor " + name + ": expected " + bytes
                    + " bytes for its shape and dtype, got data_offsets [" + begin + ", " + end + "]");
        }
    }
}
