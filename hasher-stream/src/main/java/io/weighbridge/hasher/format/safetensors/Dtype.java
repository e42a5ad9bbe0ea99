package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ElementType;
import java.util.HashMap;
import java.util.Map;

/**
 * A dtype of the header.
 *
 * @param bits that one number takes
 * @param type null if its numbers do not fill bytes, and are not read
 */
record Dtype(String name, int bits, ElementType type) {

    private static final Map<String, Dtype> ALL = all();

    /** Null if the format knows no such dtype. */
    static Dtype of(String name) {
        return ALL.get(name);
    }

    /** Whether tensors of it can be weights that another tensor gives the scale of. */
    boolean isQuantised() {
        return type == null
                || switch (type) {
                    case I8, U8, I16, U16, I32, U32, F8_E4M3, F8_E5M2, F8_E4M3FNUZ, F8_E5M2FNUZ -> true;
                    default -> false;
                };
    }

    private static Map<String, Dtype> all() {
        Map<String, Dtype> all = new HashMap<>();
        for (var type : ElementType.values()) {
            all.put(type.name(), new Dtype(type.name(), type.sizeBytes() * Byte.SIZE, type));
        }
        all.remove("COMPLEX64");
        all.remove("COMPLEX128");
        all.put("C64", new Dtype("C64", Long.SIZE, ElementType.COMPLEX64));
        all.put("F4", new Dtype("F4", 4, null));
        all.put("F6_E2M3", new Dtype("F6_E2M3", 6, null));
        all.put("F6_E3M2", new Dtype("F6_E3M2", 6, null));
        return Map.copyOf(all);
    }
}
