package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;

/** The Reshape operator on weights: 0 stands for the size that an axis has, -1 for what is left. */
final class Reshape {

    private static final int MAX_RANK = 32;

    private Reshape() {}

    /** The weights in the shape that a constant list of sizes gives; null if it does not fit them. */
    static Weight of(Weight weight, Weight sizes) throws IOException {
        if (sizes.rank() != 1 || !sizes.isReal() || sizes.numbers() > MAX_RANK || weight.numbers() == 0) {
            return null;
        }
        var wanted = new float[(int) sizes.numbers()];
        sizes.data().read(0, wanted.length, wanted, 0);
        var shape = new long[wanted.length];
        var old = weight.shape();
        int open = -1;
        double known = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = wanted[axis] == 0 && axis < old.length ? old[axis] : (long) wanted[axis];
            open = shape[axis] == -1 ? axis : open;
            known *= shape[axis] == -1 ? 1 : shape[axis];
        }
        if (known <= 0 || known > weight.numbers()) {
            return null;
        }
        if (open >= 0) {
            shape[open] = weight.numbers() / (long) known;
        }
        return isOf(shape, weight) ? weight.reshaped(shape) : null;
    }

    private static boolean isOf(long[] shape, Weight weight) throws ModelFormatException {
        long numbers = 1;
        for (long size : shape) {
            if (size <= 0 || size > weight.numbers()) {
                return false;
            }
            numbers = Math.multiplyHigh(numbers, size) == 0 ? numbers * size : 0;
        }
        return numbers == weight.numbers();
    }
}
