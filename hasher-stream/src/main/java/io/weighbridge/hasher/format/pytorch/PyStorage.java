package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import java.util.Map;

/**
 * A reference to the numbers of tensors.
 *
 * @param key name of the entry under {@code data/}
 * @param numbers how many, as the pickle states it
 */
record PyStorage(String key, ElementType type, long numbers) {

    private static final Map<String, ElementType> STORAGES = Map.ofEntries(
            Map.entry("DoubleStorage", ElementType.F64),
            Map.entry("FloatStorage", ElementType.F32),
            Map.entry("HalfStorage", ElementType.F16),
            Map.entry("BFloat16Storage", ElementType.BF16),
            Map.entry("ComplexDoubleStorage", ElementType.COMPLEX128),
            Map.entry("ComplexFloatStorage", ElementType.COMPLEX64),
            Map.entry("LongStorage", ElementType.I64),
            Map.entry("IntStorage", ElementType.I32),
            Map.entry("ShortStorage", ElementType.I16),
            Map.entry("CharStorage", ElementType.I8),
            Map.entry("ByteStorage", ElementType.U8),
            Map.entry("BoolStorage", ElementType.BOOL),
            Map.entry("QInt32Storage", ElementType.I32),
            Map.entry("QInt8Storage", ElementType.I8),
            Map.entry("QUInt8Storage", ElementType.U8),
            Map.entry("UntypedStorage", ElementType.U8));

    private static final Map<String, ElementType> DTYPES = Map.ofEntries(
            Map.entry("float64", ElementType.F64),
            Map.entry("float32", ElementType.F32),
            Map.entry("float16", ElementType.F16),
            Map.entry("bfloat16", ElementType.BF16),
            Map.entry("float8_e4m3fn", ElementType.F8_E4M3),
            Map.entry("float8_e5m2", ElementType.F8_E5M2),
            Map.entry("uint64", ElementType.U64),
            Map.entry("uint32", ElementType.U32),
            Map.entry("uint16", ElementType.U16),
            Map.entry("int64", ElementType.I64),
            Map.entry("int32", ElementType.I32),
            Map.entry("int16", ElementType.I16),
            Map.entry("int8", ElementType.I8),
            Map.entry("uint8", ElementType.U8),
            Map.entry("bool", ElementType.BOOL));

    /** Reads {@code ('storage', type, key, location, numbers)}. */
    static PyStorage of(Object persistentId, PickleInput input) throws ModelFormatException {
        if (persistentId instanceof PySequence id
                && id.get(0).equals("storage")
                && id.get(1) instanceof PyGlobal type
                && id.get(2) instanceof String key
                && id.get(4) instanceof Long numbers) {
            return new PyStorage(key, type(type, STORAGES, "storage type"), numbers);
        }
        throw input.malformed("expected a persistent id ('storage', type, key, location, numbers)");
    }

    /** The same bytes as numbers of another {@code torch.dtype}. */
    PyStorage as(PyGlobal dtype) throws ModelFormatException {
        var other = type(dtype, DTYPES, "dtype");
        return new PyStorage(key, other, numbers * type.sizeBytes() / other.sizeBytes());
    }

    private static ElementType type(PyGlobal global, Map<String, ElementType> types, String what)
            throws ModelFormatException {
        var type = types.get(global.name());
        if (type == null || !(global.module().equals("torch") || global.module().startsWith("torch."))) {
            throw ModelFormatException.unsupported("the " + what + " " + global + " is not read");
        }
        return type;
    }
}
