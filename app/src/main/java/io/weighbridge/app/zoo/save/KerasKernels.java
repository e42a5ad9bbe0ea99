package io.weighbridge.app.zoo.save;

import java.lang.reflect.Array;
import java.util.Arrays;

/** Lays the weights of a network out as Keras does, layer by layer in the order of the network. */
final class KerasKernels {

    private int channels;

    /** The numbers in nested arrays, which is how they are given to the HDF5 library. */
    Object relaid(SavedTensor tensor) {
        if (tensor.isConvolution()) return convolution(tensor);
        return tensor.isDense() ? dense(tensor) : nested(tensor, new long[] {tensor.size()}, 0, 0);
    }

    /** [out, in, kernel ...] to [kernel ..., in, out]; depthwise [out, 1, kernel ...] to [kernel ..., out, 1]. */
    private Object convolution(SavedTensor kernel) {
        channels = kernel.outputs();
        int rank = kernel.rank();
        var order = new int[rank];
        for (int axis = 0; axis < rank - 2; axis++) order[axis] = axis + 2;
        order[rank - 2] = kernel.isDepthwise() ? 0 : 1;
        order[rank - 1] = kernel.isDepthwise() ? 1 : 0;
        return nested(kernel, kernel.shape(), 0, order);
    }

    /** [out, in] to [in, out]. Behind a flattened image the inputs are [channels, positions], and become [positions, channels]. */
    private Object dense(SavedTensor matrix) {
        boolean isFlattened = channels > 1 && matrix.inputs() > channels && matrix.inputs() % channels == 0;
        if (!isFlattened) {
            channels = 0;
            return nested(matrix, matrix.shape(), 0, 1, 0);
        }
        int positions = matrix.inputs() / channels;
        var image = new long[] {matrix.outputs(), channels, positions};
        var byPosition = (float[][][]) nested(matrix, image, 0, 2, 1, 0);
        channels = 0;
        return Arrays.stream(byPosition).flatMap(Arrays::stream).toArray(float[][]::new);
    }

    /** The numbers from {@code from} on with their axes in another order; {@code order[k]} is the axis of {@code shape} that becomes axis k. */
    private static Object nested(SavedTensor tensor, long[] shape, int from, int... order) {
        int stride = 1;
        for (int axis = order[0] + 1; axis < shape.length; axis++) stride *= (int) shape[axis];
        int size = (int) shape[order[0]];
        if (order.length == 1) {
            var row = new float[size];
            for (int i = 0; i < size; i++) row[i] = tensor.value(from + i * stride);
            return row;
        }
        var inner = Arrays.copyOfRange(order, 1, order.length);
        Object[] rows = null;
        for (int i = 0; i < size; i++) {
            var row = nested(tensor, shape, from + i * stride, inner);
            if (rows == null) rows = (Object[]) Array.newInstance(row.getClass(), size);
            rows[i] = row;
        }
        return rows;
    }
}
