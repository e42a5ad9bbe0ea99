package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.NibbleTensor;
import io.weighbridge.hasher.format.TensorData;
import java.util.HashMap;
import java.util.Map;

/** The type of a tensor's numbers. */
final class OnnxType {

    static final int FLOAT = 1;
    static final int INT64 = 7;

    private static final Map<Integer, OnnxType> ALL = all();

    private final String name;
    private final ElementType stored;
    private final float[] nibbles;

    private OnnxType(String name, ElementType stored, float... nibbles) {
        this.name = name;
        this.stored = stored;
        this.nibbles = nibbles;
    }

    private static Map<Integer, OnnxType> all() {
        Map<Integer, OnnxType> all = new HashMap<>();
        add(all, FLOAT, ElementType.F32);
        add(all, 2, ElementType.U8);
        add(all, 3, ElementType.I8);
        add(all, 4, ElementType.U16);
        add(all, 5, ElementType.I16);
        add(all, 6, ElementType.I32);
        add(all, INT64, ElementType.I64);
        add(all, 9, ElementType.BOOL);
        add(all, 10, ElementType.F16);
        add(all, 11, ElementType.F64);
        add(all, 12, ElementType.U32);
        add(all, 13, ElementType.U64);
        add(all, 14, ElementType.COMPLEX64);
        add(all, 15, ElementType.COMPLEX128);
        add(all, 16, ElementType.BF16);
        add(all, 17, ElementType.F8_E4M3);
        add(all, 18, ElementType.F8_E4M3FNUZ);
        add(all, 19, ElementType.F8_E5M2);
        add(all, 20, ElementType.F8_E5M2FNUZ);
        add(all, 24, ElementType.F8_E8M0);
        all.put(21, packed("U4", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        all.put(22, packed("I4", 0, 1, 2, 3, 4, 5, 6, 7, -8, -7, -6, -5, -4, -3, -2, -1));
        all.put(23, packed("F4_E2M1", 0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6));
        return Map.copyOf(all);
    }

    /** Types that are not known, strings among them, cannot be read; their tensors are counted. */
    static OnnxType of(int dataType) {
        var type = ALL.get(dataType);
        return type == null ? new OnnxType("number " + dataType, ElementType.BOOL) : type;
    }

    /** How numbers lie in the file; of packed ones, how a byte of them does. */
    ElementType stored() {
        return stored;
    }

    /** How many numbers of {@link #stored} hold so many of this type. */
    long storedNumbers(long numbers) {
        return isPacked() ? (numbers + 1) / 2 : numbers;
    }

    /** The numbers that {@code bytes} of packed ones hold, or {@code bytes} if these are not packed. */
    TensorData unpacked(TensorData bytes) {
        return isPacked() ? new NibbleTensor(bytes, nibbles) : bytes;
    }

    private boolean isPacked() {
        return nibbles.length > 0;
    }

    /** Whether numbers of this type can be weights as they are. */
    boolean isFloating() {
        return stored.isFloating();
    }

    /** Whether numbers of this type can be read. */
    boolean isReal() {
        return stored.isReal();
    }

    @Override
    public String toString() {
        return name;
    }

    private static void add(Map<Integer, OnnxType> all, int dataType, ElementType stored) {
        all.put(dataType, new OnnxType(stored.name(), stored));
    }

    private static OnnxType packed(String name, float... nibbles) {
        return new OnnxType(name, ElementType.U8, nibbles);
    }
}
