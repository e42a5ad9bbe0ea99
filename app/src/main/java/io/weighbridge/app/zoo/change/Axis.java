package io.weighbridge.app.zoo.change;

import io.weighbridge.app.zoo.save.SavedTensor;

/** Works along one axis of a tensor. */
final class Axis {

    private Axis() {}

    /** A tensor of the slices {@code picked} along an axis, in that order. */
    static SavedTensor pick(SavedTensor tensor, int axis, int[] picked) {
        var shape = tensor.shape();
        int length = (int) shape[axis];
        int inner = inner(shape, axis);
        int outer = tensor.size() / inner / length;
        var from = tensor.values();
        var to = new float[outer * picked.length * inner];
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < picked.length; i++)
                System.arraycopy(from, (o * length + picked[i]) * inner, to, (o * picked.length + i) * inner, inner);
        shape[axis] = picked.length;
        return SavedTensor.of(tensor.name(), shape, to);
    }

    /** A tensor with every slice along an axis multiplied by a factor. */
    static SavedTensor scale(SavedTensor tensor, int axis, double[] factors) {
        int inner = inner(tensor.shape(), axis);
        var values = tensor.values();
        for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * factors[i / inner % factors.length]);
        return tensor.with(values);
    }

    private static int inner(long[] shape, int axis) {
        int inner = 1;
        for (int i = axis + 1; i < shape.length; i++) inner *= (int) shape[i];
        return inner;
    }
}
