package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ChannelsLast;
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

    private final ChannelsLast weights;
    private String sequence;
    private long channels;

    CheckpointLayout(WeightCollector collector) {
        this.weights = new ChannelsLast(collector);
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
                        && ChannelsLast.positions(shape) > 1;
    }

    private void addDense(BundleEntry tensor, TensorData data) throws IOException {
        weights.addDense(tensor.name(), tensor.shape(), tensor.type(), data, channels);
        channels = 0;
    }

    private void addKernel(BundleEntry tensor, TensorData data) throws IOException {
        var shape = tensor.shape();
        channels = shape[shape.length - 1];
        weights.addKernel(tensor.name(), shape, tensor.type(), data);
    }

    private void addDepthwise(BundleEntry tensor, TensorData data) throws IOException {
        var shape = tensor.shape();
        channels = Shapes.numbers(tensor.name(), shape[shape.length - 2], shape[shape.length - 1]);
        weights.addDepthwise(tensor.name(), shape, tensor.type(), data);
    }
}
