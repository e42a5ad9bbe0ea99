package io.weighbridge.hasher.format.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Constants that are sizes, places or axes. */
final class WholeNumbers {

    /** Numbers are read as 32-bit floats, which tell whole ones apart up to here. */
    static final long EXACT = 1L << 24;

    /** From here on a number only says "to the end". */
    private static final long ENDLESS = Integer.MAX_VALUE;

    private static final int MOST = 1 << 20;

    private WholeNumbers() {}

    /** The numbers of a constant; null if there is none, or one that is too long or not exact. */
    static List<Long> of(Weight constant) throws IOException {
        if (constant == null || !constant.isReal() || constant.numbers() > MOST) {
            return null;
        }
        var numbers = new float[(int) constant.numbers()];
        constant.data().read(0, numbers.length, numbers, 0);
        var list = new ArrayList<Long>();
        for (float number : numbers) {
            if (!(Math.abs(number) <= EXACT || Math.abs(number) >= ENDLESS)) {
                return null;
            }
            list.add((long) number);
        }
        return list;
    }

    /**
     * What a node gives by an attribute, or as an input, as later versions of its operator do.
     *
     * @return empty if it gives neither; null if the input is no constant that can be told
     */
    static List<Long> given(OnnxNode node, String attribute, int input, Scope scope) throws IOException {
        var list = node.list(attribute);
        return !list.isEmpty() || node.input(input).isEmpty() ? list : of(scope.weight(node.input(input)));
    }
}
