package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyGlobal;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.util.Map;

/**
 * A reference to the numbers of tensors.
 *
 * @param storages where they lie
 * @param key under which they lie there
 * @param first the first of them, counted from the beginning of what lies there
 * @param numbers how many, as the pickle states it
 */
record PyStorage(Storages storages, String key, ElementType type, long first, long numbers) {

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
            Map.entry("Float8_e4m3fnStorage", ElementType.F8_E4M3),
            Map.entry("Float8_e5m2Storage", ElementType.F8_E5M2),
            Map.entry("UntypedStorage", ElementType.U8));

    private static final Map<String, ElementType> DTYPES = Map.ofEntries(
            Map.entry("float64", ElementType.F64),
            Map.entry("float32", ElementType.F32),
            Map.entry("float16", ElementType.F16),
            Map.entry("bfloat16", ElementType.BF16),
            Map.entry("float8_e4m3fn", ElementType.F8_E4M3),
            Map.entry("float8_e5m2", ElementType.F8_E5M2),
            Map.entry("float8_e4m3fnuz", ElementType.F8_E4M3FNUZ),
            Map.entry("float8_e5m2fnuz", ElementType.F8_E5M2FNUZ),
            Map.entry("float8_e8m0fnu", ElementType.F8_E8M0),
            Map.entry("uint64", ElementType.U64),
            Map.entry("uint32", ElementType.U32),
            Map.entry("uint16", ElementType.U16),
            Map.entry("int64", ElementType.I64),
            Map.entry("int32", ElementType.I32),
            Map.entry("int16", ElementType.I16),
            Map.entry("int8", ElementType.I8),
            Map.entry("uint8", ElementType.U8),
            Map.entry("complex128", ElementType.COMPLEX128),
            Map.entry("complex64", ElementType.COMPLEX64),
            Map.entry("bool", ElementType.BOOL));

    /** Reads {@code ('storage', type, key, location, numbers)}. */
    static PyStorage of(Object persistentId, Storages storages, PickleInput input) throws ModelFormatException {
        if (persistentId instanceof PySequence id
                && id.get(0).equals("storage")
                && id.get(1) instanceof PyGlobal type
                && (id.get(2) instanceof String || id.get(2) instanceof Long)
                && id.get(4) instanceof Long numbers) {
            return new PyStorage(storages, id.get(2).toString(), typeOf(type), 0, numbers);
        }
        throw input.malformed("expected a persistent id ('storage', type, key, location, numbers)");
    }

    /** The type of numbers in a storage of a class. */
    static ElementType typeOf(PyGlobal storageClass) throws ModelFormatException {
        return type(storageClass, STORAGES, "storage type");
    }

    /** The same bytes as numbers of another {@code torch.dtype}. */
    PyStorage as(PyGlobal dtype) throws ModelFormatException {
        var other = type(dtype, DTYPES, "dtype");
        int size = type.sizeBytes();
        return new PyStorage(
                storages, key, other, first * size / other.sizeBytes(), numbers * size / other.sizeBytes());
    }

    /** A part of the same bytes. */
    PyStorage part(Object offset, Object count, PickleInput input) throws ModelFormatException {
        if (offset instanceof Long from
                && count instanceof Long length
                && from >= 0
                && length >= 0
                && length <= numbers - from) {
            return new PyStorage(storages, key, type, first + from, length);
        }
        throw input.malformed("storage " + key + ": expected a part of its " + numbers + " numbers, got " + count
                + " from " + offset);
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
