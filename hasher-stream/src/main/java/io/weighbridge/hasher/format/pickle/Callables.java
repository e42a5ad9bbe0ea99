package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** The callables of Python itself whose meaning is known, as data. All others are asked of {@link KnownCalls}; none is run. */
final class Callables {

    private static final Set<String> HARMLESS =
            Set.of("copyreg._reconstructor", "copy_reg._reconstructor", "builtins.object", "__builtin__.object");

    private Callables() {}

    /** Whether the callable makes an object and does nothing else, though it is not known what object. */
    static boolean isHarmless(PyGlobal global) {
        return HARMLESS.contains(global.toString());
    }

    /** What the callable would return, or an object of the class. */
    static Object make(Object callable, Object arguments, KnownCalls known, PickleInput input) throws IOException {
        if (!(callable instanceof PyGlobal global) || !(arguments instanceof PySequence list)) {
            return new PyObject(arguments);
        }
        return switch (global.toString()) {
            case "collections.OrderedDict", "builtins.dict", "__builtin__.dict" -> dictionary(list.get(0), input);
            case "collections.defaultdict" -> dictionary(list.get(1), input);
            case "torch.Size",
                    "builtins.list",
                    "builtins.tuple",
                    "builtins.set",
                    "builtins.frozenset",
                    "__builtin__.list",
                    "__builtin__.tuple",
                    "__builtin__.set",
                    "__builtin__.frozenset" ->
                list.get(0) instanceof PySequence items ? items : new PySequence(List.of());
            case "_codecs.encode",
                    "builtins.bytes",
                    "builtins.bytearray",
                    "__builtin__.bytes",
                    "__builtin__.bytearray" -> bytes(list, input);
            default -> known.make(global, list, input);
        };
    }

    private static Object bytes(PySequence arguments, PickleInput input) throws IOException {
        var bytes = PyBytes.of(arguments.get(0), input.run());
        return bytes.isPresent() ? bytes.get() : new PyBytes(new MemoryRange(new byte[0]));
    }

    private static Object dictionary(Object content, PickleInput input) throws ModelFormatException {
        var dict = new PyDict();
        if (content instanceof PySequence pairs) {
            input.run().step(pairs.items().size());
            for (var pair : pairs.items()) {
                if (pair instanceof PySequence entry) {
                    dict.put(entry.get(0), entry.get(1));
                }
            }
        }
        return content instanceof PyDict whole ? whole : dict;
    }
}
