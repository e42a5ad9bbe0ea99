package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.pickle.Buildable;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PyGlobal;
import io.weighbridge.hasher.format.pickle.PySequence;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/** The type of numbers in an array of NumPy; the pickle tells their byte order after it made the type. */
final class PyDtype implements Buildable {

    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("f8", ElementType.F64),
            Map.entry("f4", ElementType.F32),
            Map.entry("f2", ElementType.F16),
            Map.entry("bfloat16", ElementType.BF16),
            Map.entry("float8_e4m3fn", ElementType.F8_E4M3),
            Map.entry("float8_e5m2", ElementType.F8_E5M2),
            Map.entry("c16", ElementType.COMPLEX128),
            Map.entry("c8", ElementType.COMPLEX64),
            Map.entry("i8", ElementType.I64),
            Map.entry("i4", ElementType.I32),
            Map.entry("i2", ElementType.I16),
            Map.entry("i1", ElementType.I8),
            Map.entry("u8", ElementType.U64),
            Map.entry("u4", ElementType.U32),
            Map.entry("u2", ElementType.U16),
            Map.entry("u1", ElementType.U8),
            Map.entry("b1", ElementType.BOOL));

    private final String code;
    private ByteOrder order;

    /** @param code {@code f4}, with a byte order before it or not, or the class of a type from outside NumPy */
    PyDtype(Object code) {
        var text = code instanceof PyGlobal global ? global.name() : String.valueOf(code);
        boolean hasOrder = !text.isEmpty() && "<>=|".indexOf(text.charAt(0)) >= 0;
        this.code = hasOrder ? text.substring(1) : text;
        this.order = text.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Reads {@code (version, order, ...)}. */
    @Override
    public void build(Object state, PickleInput input) {
        if (state instanceof PySequence list && list.get(1) instanceof String text) {
            order = text.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        }
    }

    /** Empty for text, records, objects and dates. */
    Optional<ElementType> type() {
        return Optional.ofNullable(TYPES.get(code));
    }

    ByteOrder order() {
        return order;
    }

    boolean isObject() {
        return code.equals("O8") || code.equals("O4") || code.equals("O");
    }

    @Override
    public String toString() {
        return code;
    }
}
