package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import java.util.List;

/** A view of a storage: offset and strides in numbers, not bytes. */
record PyTensor(PyStorage storage, long offset, List<Long> sizes, List<Long> strides) {

    /** Reads the arguments {@code (storage, offset, sizes, strides, ...)}. */
    static PyTensor of(PyStorage storage, PySequence arguments, PickleInput input) throws ModelFormatException {
        if (!(arguments.get(1) instanceof Long offset)) {
            throw input.malformed("expected an offset in the arguments of a tensor");
        }
        var sizes = longs(arguments.get(2), input);
        var strides = longs(arguments.get(3), input);
        if (sizes.size() != strides.size()) {
            throw input.malformed("expected " + sizes.size() + " strides, got " + strides.size());
        }
        return new PyTensor(storage, offset, sizes, strides);
    }

    long[] shape() {
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private static List<Long> longs(Object value, PickleInput input) throws ModelFormatException {
        if (value instanceof PySequence sequence && sequence.items().stream().allMatch(Long.class::isInstance)) {
            return sequence.items().stream().map(Long.class::cast).toList();
        }
        throw input.malformed("expected a tuple of integers in the arguments of a tensor");
    }
}
