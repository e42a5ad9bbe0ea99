package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyBytes;
import io.weighbridge.hasher.format.pickle.PyGlobal;
import io.weighbridge.hasher.format.pickle.PyObject;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.io.IOException;

/** The functions by which PyTorch rebuilds tensors, as data. */
final class Rebuilds {

    private Rebuilds() {}

    static Object make(PyGlobal function, PySequence arguments, PickleInput input) throws IOException {
        return switch (function.toString()) {
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" ->
                PyView.of(storage(arguments, input), arguments, input).marked(arguments.get(6));
            case "torch._utils._rebuild_tensor_v3" -> retypedTensor(arguments, input);
            case "torch._utils._rebuild_parameter",
                    "torch._utils._rebuild_parameter_with_state",
                    "torch._utils._rebuild_device_tensor_from_numpy",
                    "torch._utils._rebuild_device_tensor_from_cpu_tensor",
                    "torch.serialization._get_layout" -> arguments.get(0);
            case "torch._utils._rebuild_qtensor" -> quantised(arguments, input);
            case "torch._utils._rebuild_meta_tensor_no_storage" ->
                PyAbsent.meta(PyTensor.longs(arguments.get(1), input));
            case "torch._utils._rebuild_sparse_tensor", "torch._utils._rebuild_sparse_csr_tensor" ->
                PySparse.of(arguments, input);
            case "torch._tensor._rebuild_from_type", "torch._tensor._rebuild_from_type_v2" ->
                fromType(arguments, input);
            case "torch.storage._load_from_bytes" -> nested(arguments, input);
            case "torch.storage.TypedStorage", "torch.storage._TypedStorage" -> arguments.get(0);
            default -> new PyObject(arguments);
        };
    }

    private static PyStorage storage(PySequence arguments, PickleInput input) throws ModelFormatException {
        if (arguments.get(0) instanceof PyStorage storage) {
            return storage;
        }
        throw input.malformed("expected a storage in the arguments of a tensor");
    }

    /** {@code (storage, offset, sizes, strides, requires_grad, hooks, dtype, metadata)}. */
    private static Object retypedTensor(PySequence arguments, PickleInput input) throws ModelFormatException {
        if (!(arguments.get(6) instanceof PyGlobal dtype)) {
            throw input.malformed("expected a dtype in the arguments of a tensor");
        }
        return PyView.of(storage(arguments, input).as(dtype), arguments, input).marked(arguments.get(7));
    }

    /** {@code (storage, offset, sizes, strides, parameters of the quantiser, ...)}. */
    private static Object quantised(PySequence arguments, PickleInput input) throws ModelFormatException {
        var integers = PyView.of(storage(arguments, input), arguments, input);
        return PyQuantised.of(integers, arguments.get(4), input);
    }

    /** {@code (function, type, arguments, state)}: a subclass of Tensor. One level: the function is never this one again. */
    private static Object fromType(PySequence arguments, PickleInput input) throws IOException {
        boolean isAnother = arguments.get(0) instanceof PyGlobal function
                && !function.name().startsWith("_rebuild_from_type")
                && arguments.get(2) instanceof PySequence;
        return isAnother
                ? ArrayCalls.make((PyGlobal) arguments.get(0), (PySequence) arguments.get(2), input)
                : new PyObject(arguments);
    }

    /** A storage that was pickled as the bytes of a file of its own. */
    private static Object nested(PySequence arguments, PickleInput input) throws IOException {
        var bytes = PyBytes.of(arguments.get(0), input.run());
        if (bytes.isEmpty()) {
            throw input.malformed("expected the bytes of a storage");
        }
        input.run().enter();
        var root = LegacyFile.read(bytes.get().range(), "the storage" + input.where(), input.run());
        input.run().leave();
        return root;
    }
}
