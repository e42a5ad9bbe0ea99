package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import java.util.List;

/** The callables whose meaning is known, as data. All others give a {@link PyObject}; none is run. */
final class Callables {

    private Callables() {}

    static Object call(Object callable, Object arguments, PickleInput input) throws ModelFormatException {
        if (!(callable instanceof PyGlobal global) || !(arguments instanceof PySequence list)) {
            return new PyObject(arguments);
        }
        return switch (global.toString()) {
            case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2" -> tensor(list, input);
            case "torch._utils._rebuild_tensor_v3" -> retypedTensor(list, input);
            case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state" -> list.get(0);
            case "torch._tensor._rebuild_from_type_v2" -> fromType(list, input);
            case "collections.OrderedDict" -> dictionary(list);
            case "torch.Size", "builtins.list", "builtins.tuple", "builtins.set", "__builtin__.set" ->
                list.get(0) instanceof PySequence items ? items : new PySequence(List.of());
            default -> new PyObject(arguments);
        };
    }

    private static Object tensor(PySequence arguments, PickleInput input) throws ModelFormatException {
        if (!(arguments.get(0) instanceof PyStorage storage)) {
            throw input.malformed("expected a storage in the arguments of a tensor");
        }
        return PyTensor.of(storage, arguments, input);
    }

    /** {@code (storage, offset, sizes, strides, requires_grad, hooks, dtype, metadata)}. */
    private static Object retypedTensor(PySequence arguments, PickleInput input) throws ModelFormatException {
        if (!(arguments.get(0) instanceof PyStorage storage) || !(arguments.get(6) instanceof PyGlobal dtype)) {
            throw input.malformed("expected a storage and a dtype in the arguments of a tensor");
        }
        return PyTensor.of(storage.as(dtype), arguments, input);
    }

    /** {@code (function, type, arguments, state)}: a subclass of Tensor. One level: the function is never this one again. */
    private static Object fromType(PySequence arguments, PickleInput input) throws ModelFormatException {
        var function = new PyGlobal("torch._tensor", "_rebuild_from_type_v2");
        return arguments.get(0).equals(function)
                ? new PyObject(arguments)
                : call(arguments.get(0), arguments.get(2), input);
    }

    private static Object dictionary(PySequence arguments) {
        var dict = new PyDict();
        if (arguments.get(0) instanceof PySequence pairs) {
            for (var pair : pairs.items()) {
                if (pair instanceof PySequence entry) {
                    dict.put(entry.get(0), entry.get(1));
                }
            }
        }
        return dict;
    }
}
