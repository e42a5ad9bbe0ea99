package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.pickle.Buildable;
import io.weighbridge.hasher.format.pickle.Opaque;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyBytes;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/** An array of NumPy. Empty until the pickle has told its shape and numbers. */
final class PyArray implements Buildable {

    private PyTensor tensor;
    private Object objects = Opaque.VALUE;

    /** The bytes of one array as a storage of its own. */
    private record ArrayBytes(PyBytes bytes, ByteOrder order) implements Storages {

        @Override
        public ByteRange storage(String key) {
            return bytes.range();
        }
    }

    /** Reads {@code (bytes, dtype, shape, order)}. */
    static PyArray ofBuffer(PySequence arguments, PickleInput input) throws IOException {
        var array = new PyArray();
        array.fill(arguments.get(2), arguments.get(1), "F".equals(arguments.get(3)), arguments.get(0), input);
        return array;
    }

    /** Reads {@code (version, shape, dtype, is in Fortran's order, bytes or list of objects)}; the version came with NumPy 1.0. */
    @Override
    public void build(Object state, PickleInput input) throws IOException {
        if (!(state instanceof PySequence list)) {
            throw input.malformed("expected a tuple that describes an array");
        }
        int at = list.items().size() == 4 ? 0 : 1;
        fill(list.get(at), list.get(at + 1), isTrue(list.get(at + 2)), list.get(at + 3), input);
    }

    private void fill(Object shape, Object type, boolean isFortran, Object data, PickleInput input) throws IOException {
        var sizes = PyTensor.longs(shape, input);
        if (!(type instanceof PyDtype dtype)) {
            throw input.malformed("expected the dtype of an array");
        }
        if (dtype.type().isEmpty()) {
            objects = dtype.isObject() ? data : Opaque.VALUE;
            tensor = dtype.isObject() ? null : PyAbsent.notRead(sizes, "the NumPy type " + dtype);
            return;
        }
        var bytes = PyBytes.of(data, input.run());
        if (bytes.isEmpty()) {
            throw input.malformed("expected the bytes of an array");
        }
        long numbers = Shapes.numbers(
                "array" + input.where(),
                sizes.stream().mapToLong(Long::longValue).toArray());
        long held = bytes.get().range().sizeBytes();
        int size = dtype.type().get().sizeBytes();
        if (held % size != 0 || held / size != numbers) {
            throw input.malformed("array of " + sizes + ": expected " + numbers + " numbers of " + size + " bytes, got "
                    + held + " bytes");
        }
        var place = new ArrayBytes(bytes.get(), dtype.order());
        var storage = new PyStorage(place, "of an array", dtype.type().get(), 0, numbers);
        tensor = PyView.whole(storage, sizes, isFortran);
    }

    /** Empty if the array holds objects, or nothing yet. */
    Optional<PyTensor> tensor() {
        return Optional.ofNullable(tensor);
    }

    /** What an array of objects holds. */
    Object objects() {
        return objects;
    }

    private static boolean isTrue(Object value) {
        return value.equals(true) || value.equals(1L);
    }
}
