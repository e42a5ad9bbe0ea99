package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyDict;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A view of a storage: offset and strides in numbers, not bytes.
 *
 * @param isNegative whether it shows the numbers with the other sign: PyTorch keeps such a view as a mark beside the unchanged numbers
 */
record PyView(PyStorage storage, long offset, List<Long> sizes, List<Long> strides, boolean isNegative)
        implements PyTensor {

    /** The numbers as they are stored. */
    PyView(PyStorage storage, long offset, List<Long> sizes, List<Long> strides) {
        this(storage, offset, sizes, strides, false);
    }

    /** Reads the arguments {@code (storage, offset, sizes, strides, ...)}. */
    static PyView of(PyStorage storage, PySequence arguments, PickleInput input) throws ModelFormatException {
        if (!(arguments.get(1) instanceof Long offset)) {
            throw input.malformed("expected an offset in the arguments of a tensor");
        }
        var sizes = PyTensor.longs(arguments.get(2), input);
        var strides = PyTensor.longs(arguments.get(3), input);
        if (sizes.size() != strides.size()) {
            throw input.malformed("expected " + sizes.size() + " strides, got " + strides.size());
        }
        return new PyView(storage, offset, sizes, strides);
    }

    /** The same view, marked as {@code metadata} says: a dictionary of marks or nothing. */
    PyView marked(Object metadata) {
        boolean isMarked = metadata instanceof PyDict marks
                && Boolean.TRUE.equals(marks.entries().get("neg"));
        return new PyView(storage, offset, sizes, strides, isMarked);
    }

    /** All of a storage, with the last axis moving fastest, or the first. Relies on: the product of the sizes is a long. */
    static PyView whole(PyStorage storage, List<Long> sizes, boolean isFirstFastest) {
        var strides = new ArrayList<Long>();
        long stride = 1;
        for (int i = 0; i < sizes.size(); i++) {
            strides.add(stride);
            stride *= sizes.get(isFirstFastest ? i : sizes.size() - 1 - i);
        }
        if (!isFirstFastest) {
            Collections.reverse(strides);
        }
        return new PyView(storage, 0, sizes, List.copyOf(strides));
    }
}
