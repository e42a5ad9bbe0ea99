package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;

/**
 * Undoes the layout of TensorFlow: kernels are [positions ..., inputs, outputs], depthwise kernels [positions ..., channels, multiplier].
 *
 * <p>A dense layer behind a flattened image sees [height, width, channels] where other frameworks have [channels, height, width]. A
 * checkpoint does not hold the graph, so what lies before a dense layer is known only where layers are numbered in their order, as
 * Keras does ({@code layer_with_weights-3}): there the channels of the convolution before are taken, as for Keras files. In checkpoints of
 * TensorFlow 1 and of models that are classes of their own the order is not known, and inputs stay as they are.
 */
final class CheckpointLayout {

    private final WeightCollector collector;
    private String sequence;
    private long channels;

    CheckpointLayout(WeightCollector collector) {
        this.collector = collector;
    }

    /** Adds a weight; layers come in the order of the model as far as their names tell it. */
    void add(BundleEntry tensor, TensorData data) throws IOException {
        var name = new VariableName(tensor.name());
        if (name.sequence() == null || !name.sequence().equals(sequence)) {
            channels = 0;
        }
        sequence = name.sequence();
        if (tensor.shape().length == 2) {
            addDense(tensor, data);
        } else if (isDepthwise(name, tensor.shape())) {
            addDepthwise(tensor, data);
        } else {
            addKernel(tensor, data);
        }
        if (sequence == null) {
            channels = 0;
        }
    }

    /** A variable without a name of its own is depthwise by its shape: one output of a kernel is rare beside it. */
    private static boolean isDepthwise(VariableName name, long[] shape) {
        return name.isDepthwise()
                || name.isUntold()
                        && shape[shape.length - 1] == 1
                        && shape[shape.length - 2] > 1
                        && positions(shape) > 1;
    }

    private void addDense(BundleEntry tensor, TensorData data) throws IOException {
        long inputs = tensor.shape()[0];
        long outputs = tensor.shape()[1];
        boolean isFlattened = channels > 1 && inputs > channels && inputs % channels == 0;
        var canonical = isFlattened
                ? data.permuted(new long[] {inputs / channels, channels, outputs}, 2, 1, 0)
                : data.permuted(tensor.shape(), 1, 0);
        channels = 0;
        collector.addByShape(tensor.name(), new long[] {outputs, inputs}, tensor.type(), canonical);
    }

    /** Kernels of transposed convolutions are [positions ..., outputs, inputs], and stay [inputs, outputs, positions] as in PyTorch. */
    private void addKernel(BundleEntry tensor, TensorData data) throws IOException {
        var shape = tensor.shape();
        int rank = shape.length;
        channels = shape[rank - 1];
        long[] canonical = {shape[rank - 1], shape[rank - 2], positions(shape)};
        collector.addByShape(
                tensor.name(), canonical, tensor.type(), data.permuted(shape, order(rank, rank - 1, rank - 2)));
    }

    private void addDepthwise(BundleEntry tensor, TensorData data) throws IOException {
        var shape = tensor.shape();
        int rank = shape.length;
        channels = Shapes.numbers(tensor.name(), shape[rank - 2], shape[rank - 1]);
        long[] canonical = {channels, 1, positions(shape)};
        collector.addByShape(
                tensor.name(), canonical, tensor.type(), data.permuted(shape, order(rank, rank - 2, rank - 1)));
    }

    private static int[] order(int rank, int first, int second) {
        var order = new int[rank];
        order[0] = first;
        order[1] = second;
        for (int axis = 2; axis < rank; axis++) {
            order[axis] = axis - 2;
        }
        return order;
    }

    private static long positions(long[] shape) {
        long positions = 1;
        for (int axis = 0; axis < shape.length - 2; axis++) {
            positions *= shape[axis];
        }
        return positions;
    }
}
