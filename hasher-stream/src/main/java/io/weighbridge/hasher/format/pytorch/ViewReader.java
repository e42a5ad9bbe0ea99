package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.NegatedTensor;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.StridedTensor;
import io.weighbridge.hasher.format.TensorData;

/** Reads views of storages. Relies on: {@link #check} was asked before. */
record ViewReader(ReadLimits limits) {

    /** Its numbers, row-major. */
    TensorData data(String name, PyView tensor) throws ModelFormatException {
        var shown = unsigned(name, tensor);
        return tensor.isNegative() ? new NegatedTensor(shown) : shown;
    }

    private TensorData unsigned(String name, PyView tensor) throws ModelFormatException {
        long offset = tensor.storage().first() + tensor.offset();
        if (isContiguous(tensor)) {
            return stored(tensor.storage(), offset, Shapes.numbers(name, tensor.shape()));
        }
        long span = span(name, tensor);
        if (span > limits.maxTensorWeights()) {
            throw ModelFormatException.tooLarge("tensor " + name + ": lies among " + span
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        var strides = tensor.strides().stream().mapToLong(Long::longValue).toArray();
        return new StridedTensor(stored(tensor.storage(), offset, span), tensor.shape(), strides);
    }

    /** Numbers of a storage, one after the other. */
    static TensorData stored(PyStorage storage, long offset, long numbers) throws ModelFormatException {
        var type = storage.type();
        var bytes = bytes(storage);
        long offsetBytes = offset * type.sizeBytes();
        var order = storage.storages().order();
        return type.isFloating()
                ? new StoredTensor(bytes, offsetBytes, numbers, type, order)
                : new IntegerTensor(bytes, offsetBytes, numbers, type, order);
    }

    static ByteRange bytes(PyStorage storage) throws ModelFormatException {
        return storage.storages().storage(storage.key());
    }

    /** Fails unless the view lies inside of its storage, and that inside of its entry. */
    static void check(String name, PyView tensor) throws ModelFormatException {
        var storage = tensor.storage();
        long held = bytes(storage).sizeBytes() / storage.type().sizeBytes() - storage.first();
        if (storage.numbers() < 0 || storage.numbers() > held) {
            throw ModelFormatException.malformed("storage " + storage.key() + ": expected " + storage.numbers()
                    + " numbers, the entry holds " + held);
        }
        if (tensor.offset() < 0 || tensor.offset() > storage.numbers() - span(name, tensor)) {
            throw ModelFormatException.malformed("tensor " + name + ": offset " + tensor.offset() + ", sizes "
                    + tensor.sizes() + " and strides " + tensor.strides() + " reach outside of storage " + storage.key()
                    + ", which has " + storage.numbers() + " numbers");
        }
    }

    /** How many numbers lie from the first to the last of the tensor, 0 for an empty one; past the bounds of long it is malformed. */
    private static long span(String name, PyView tensor) throws ModelFormatException {
        if (tensor.sizes().contains(0L)) {
            return 0;
        }
        try {
            long last = 0;
            for (int axis = 0; axis < tensor.sizes().size(); axis++) {
                long stride = tensor.strides().get(axis);
                if (stride < 0) {
                    throw ModelFormatException.malformed("tensor " + name + ": expected strides >= 0, got " + stride);
                }
                last = Math.addExact(last, Math.multiplyExact(tensor.sizes().get(axis) - 1, stride));
            }
            return Math.addExact(last, 1);
        } catch (ArithmeticException e) {
            throw ModelFormatException.malformed("tensor " + name + ": strides " + tensor.strides() + " are too large");
        }
    }

    /** Whether the numbers lie one after the other, row-major. */
    static boolean isContiguous(PyView tensor) {
        long expected = 1;
        for (int axis = tensor.sizes().size() - 1; axis >= 0; axis--) {
            long size = tensor.sizes().get(axis);
            if (size != 1 && tensor.strides().get(axis) != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }
}
