package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ElementType;
import java.util.Map;
import java.util.Set;

/** The numbers of TensorFlow's DataType. */
final class DataTypes {

    private static final Map<Long, ElementType> TYPES = Map.ofEntries(
            Map.entry(1L, ElementType.F32),
            Map.entry(2L, ElementType.F64),
            Map.entry(3L, ElementType.I32),
            Map.entry(4L, ElementType.U8),
            Map.entry(5L, ElementType.I16),
            Map.entry(6L, ElementType.I8),
            Map.entry(8L, ElementType.COMPLEX64),
            Map.entry(9L, ElementType.I64),
            Map.entry(10L, ElementType.BOOL),
            Map.entry(14L, ElementType.BF16),
            Map.entry(17L, ElementType.U16),
            Map.entry(18L, ElementType.COMPLEX128),
            Map.entry(19L, ElementType.F16),
            Map.entry(22L, ElementType.U32),
            Map.entry(23L, ElementType.U64),
            Map.entry(24L, ElementType.F8_E5M2),
            Map.entry(25L, ElementType.F8_E4M3));

    private static final Set<Long> QUANTISED = Set.of(11L, 12L, 13L, 15L, 16L);

    private DataTypes() {}

    static boolean isKnown(long dataType) {
        return TYPES.containsKey(dataType);
    }

    /** Numbers of floating types, and of those that stand for others: qint8, quint8, qint32, qint16, quint16, and plain bytes. */
    static boolean mayBeWeights(long dataType) {
        var type = of(dataType);
        return type.isFloating() || QUANTISED.contains(dataType) || type == ElementType.I8 || type == ElementType.U8;
    }

    /** Types that are not known are counted as booleans are. */
    static ElementType of(long dataType) {
        return TYPES.getOrDefault(dataType, ElementType.BOOL);
    }
}
