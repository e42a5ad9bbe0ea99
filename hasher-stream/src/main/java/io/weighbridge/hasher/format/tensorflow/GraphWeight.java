package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.Arrays;

/**
 * A constant as a node sees it: behind a change of shape or of axes.
 *
 * @param name of its node
 * @param shape not to be changed
 */
record GraphWeight(String name, GraphTensor tensor, long[] shape, Source source) {

    private static final int MAX_SIZES = 32;

    /** Gives the numbers when they are wanted: finding them may take a walk over them. */
    @FunctionalInterface
    interface Source {
        TensorData open() throws IOException;
    }

    static GraphWeight of(GraphNode constant) {
        var tensor = constant.value();
        return new GraphWeight(constant.name(), tensor, tensor.shape(), () -> tensor.data(constant.name()));
    }

    ElementType type() {
        return tensor.type();
    }

    TensorData data() throws IOException {
        return source.open();
    }

    long numbers() throws ModelFormatException {
        return Shapes.numbers(name, shape);
    }

    /** The same numbers in the shape that a constant list of sizes gives, one of which may be -1; null if it does not fit them. */
    GraphWeight reshaped(GraphWeight sizes) throws IOException {
        var wanted = sizes.list();
        if (wanted == null || numbers() == 0) {
            return null;
        }
        int open = -1;
        long known = 1;
        for (int axis = 0; axis < wanted.length; axis++) {
            open = wanted[axis] == -1 ? axis : open;
            if (wanted[axis] != -1 && (wanted[axis] < 1 || wanted[axis] > numbers() / known)) {
                return null;
            }
            known *= wanted[axis] == -1 ? 1 : wanted[axis];
        }
        if (open >= 0) {
            wanted[open] = numbers() / known;
            known *= wanted[open];
        }
        return known == numbers() ? new GraphWeight(name, tensor, wanted, source) : null;
    }

    /** The same numbers with an axis of one; null if there is no such place. */
    GraphWeight expanded(GraphWeight axis) throws IOException {
        var place = axis.list();
        if (place == null || place.length != 1 || place[0] < -shape.length - 1 || place[0] > shape.length) {
            return null;
        }
        int at = (int) (place[0] < 0 ? place[0] + shape.length + 1 : place[0]);
        var longer = new long[shape.length + 1];
        System.arraycopy(shape, 0, longer, 0, at);
        longer[at] = 1;
        System.arraycopy(shape, at, longer, at + 1, shape.length - at);
        return new GraphWeight(name, tensor, longer, source);
    }

    /** The same numbers without their axes of one. */
    GraphWeight squeezed() {
        return new GraphWeight(
                name, tensor, Arrays.stream(shape).filter(size -> size != 1).toArray(), source);
    }

    /** The same numbers with their axes in the order of a constant list; null if it is none of them. */
    GraphWeight transposed(GraphWeight permutation) throws IOException {
        var order = permutation.list();
        if (order == null || order.length != shape.length) {
            return null;
        }
        var turned = new long[shape.length];
        var axes = new int[shape.length];
        var seen = new boolean[shape.length];
        for (int i = 0; i < order.length; i++) {
            if (order[i] < 0 || order[i] >= shape.length || seen[(int) order[i]]) {
                return null;
            }
            axes[i] = (int) order[i];
            seen[axes[i]] = true;
            turned[i] = shape[axes[i]];
        }
        return new GraphWeight(name, tensor, turned, () -> source.open().permuted(shape, axes));
    }

    /** A short list of whole numbers, or one alone; null if it is none. */
    long[] list() throws IOException {
        if (shape.length > 1 || type().isFloating() || !type().isReal() || numbers() < 1 || numbers() > MAX_SIZES) {
            return null;
        }
        var values = new float[(int) numbers()];
        data().read(0, values.length, values, 0);
        var list = new long[values.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = (long) values[i];
        }
        return list;
    }
}
