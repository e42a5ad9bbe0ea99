package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;

/** Operators that change the shape of weights alone: Reshape, Flatten, Squeeze and Unsqueeze. Null stands for what does not fit. */
final class Reshape {

    private static final int MAX_RANK = 32;

    private Reshape() {}

    /** The weights in the shape that a constant list of sizes gives: 0 stands for the size that an axis has, -1 for what is left. */
    static Weight of(Weight weight, Weight sizes) throws IOException {
        var wanted = WholeNumbers.of(sizes);
        if (wanted == null || sizes.rank() != 1 || wanted.size() > MAX_RANK || weight.numbers() == 0) {
            return null;
        }
        var shape = new long[wanted.size()];
        var old = weight.shape();
        int open = -1;
        double known = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = wanted.get(axis) == 0 && axis < old.length ? old[axis] : wanted.get(axis);
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

    static Weight flattened(OnnxNode node, Weight weight) throws IOException {
        long axis = node.number("axis", 1);
        long from = axis < 0 ? axis + weight.rank() : axis;
        if (from < 0 || from > weight.rank()) {
            return null;
        }
        long rows = Shapes.numbers(weight.name(), Arrays.copyOf(weight.shape(), (int) from));
        return weight.reshaped(new long[] {rows, weight.numbers() / rows});
    }

    static Weight squeezed(OnnxNode node, Weight weight, Scope scope) throws IOException {
        var axes = WholeNumbers.given(node, "axes", 1, scope);
        if (axes == null) {
            return null;
        }
        var shape = weight.shape();
        var left = new ArrayList<Long>();
        for (int axis = 0; axis < shape.length; axis++) {
            boolean isNamed = axes.contains((long) axis) || axes.contains((long) axis - shape.length);
            if (isNamed && shape[axis] != 1) {
                return null;
            }
            if (!(axes.isEmpty() && shape[axis] == 1 || isNamed)) {
                left.add(shape[axis]);
            }
        }
        return weight.reshaped(left.stream().mapToLong(Long::longValue).toArray());
    }

    static Weight unsqueezed(OnnxNode node, Weight weight, Scope scope) throws IOException {
        var axes = WholeNumbers.given(node, "axes", 1, scope);
        if (axes == null || axes.isEmpty()) {
            return null;
        }
        var shape = new long[weight.rank() + axes.size()];
        for (long axis : axes) {
            long from = axis < 0 ? axis + shape.length : axis;
            if (from < 0 || from >= shape.length) {
                return null;
            }
            shape[(int) from] = 1;
        }
        var old = weight.shape();
        int next = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (shape[axis] == 0) {
                if (next == old.length) {
                    return null;
                }
                shape[axis] = old[next++];
            }
        }
        return next == old.length ? weight.reshaped(shape) : null;
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
