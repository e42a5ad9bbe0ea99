package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.util.List;

/** A tensor of a pickle. Equal to others that show the same numbers in the same way. */
sealed interface PyTensor permits PyView, PyQuantised, PySparse, PyPieces, PyAbsent {

    /** PyTorch knows no more; NumPy neither. */
    int MAX_AXES = 64;

    List<Long> sizes();

    default long[] shape() {
        return sizes().stream().mapToLong(Long::longValue).toArray();
    }

    static List<Long> longs(Object value, PickleInput input) throws ModelFormatException {
        if (value instanceof PySequence sequence
                && sequence.items().size() <= MAX_AXES
                && sequence.items().stream().allMatch(Long.class::isInstance)) {
            return sequence.items().stream().map(Long.class::cast).toList();
        }
        throw input.malformed("expected a tuple of at most " + MAX_AXES + " integers in the arguments of a tensor");
    }
}
