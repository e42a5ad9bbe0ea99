package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyGlobal;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.io.IOException;

/** The functions by which NumPy and PyTorch rebuild arrays and tensors, as data. */
final class ArrayCalls {

    private ArrayCalls() {}

    /** What the function would return. A {@link io.weighbridge.hasher.format.pickle.KnownCalls}. */
    static Object make(PyGlobal function, PySequence arguments, PickleInput input) throws IOException {
        return switch (function.toString()) {
            case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" -> new PyArray();
            case "numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer" ->
                PyArray.ofBuffer(arguments, input);
            case "numpy.dtype" -> new PyDtype(arguments.get(0));
            case "joblib.numpy_pickle.NumpyArrayWrapper" ->
                throw ModelFormatException.unsupported(
                        "a joblib pickle, which keeps arrays between opcodes" + input.where() + ", is not read");
            default -> Rebuilds.make(function, arguments, input);
        };
    }
}
