package io.weighbridge.hasher.format.keras;

import io.weighbridge.hasher.format.ChannelsLast;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.Locale;

/**
 * Undoes the layout of Keras, layer by layer in the order of the model.
 *
 * <p>Kernels are [positions ..., inputs, outputs], depthwise kernels [positions ..., channels, multiplier]. A dense layer behind a
 * flattened image sees [height, width, channels] where other frameworks have [channels, height, width]: for that the channels of the
 * convolution before are remembered.
 */
final class KerasLayout {

    private final ChannelsLast weights;
    private final boolean isConfigured;
    private long channels;

    /** @param isConfigured whether the configuration tells what dense layers see; if not, it is told by the order of the layers */
    KerasLayout(WeightCollector collector, boolean isConfigured) {
        this.weights = new ChannelsLast(collector);
        this.isConfigured = isConfigured;
    }

    /** Tells that the model goes on with this layer, whether it has weights or not. */
    void enter(KerasLayer layer) {
        var kind = (layer.layerClass().isEmpty() ? layer.name() : layer.layerClass()).toLowerCase(Locale.ROOT);
        boolean isPooledToChannels = kind.startsWith("global");
        boolean isJoined = kind.startsWith("concatenate");
        if (isPooledToChannels || isJoined) {
            channels = 0;
        }
    }

    /** Adds a weight if it is a layer. */
    void add(Hdf5Tensor tensor, KerasLayer layer, Readable readable) throws IOException {
        var shape = tensor.shape();
        var variable = variable(tensor.name());
        var layerClass = layer.layerClass();
        if (shape.length < 2
                || !tensor.type().isFloating()
                || tensor.numbers() == 0
                || variable.equals("embeddings")
                || layerClass.equals("Embedding")) {
            return;
        }
        boolean isGru = layerClass.equals("GRU") || layerClass.equals("GRUCell");
        if (isGru && isBiasOfGru(variable)) {
            return;
        }
        var data = readable.data();
        if (isGru && shape.length == 2) {
            weights.addGru(tensor.name(), shape, tensor.type(), data);
            channels = 0;
        } else if (shape.length == 2) {
            addDense(tensor, data, layer.input());
        } else if (isDepthwise(variable, layerClass)) {
            addDepthwise(tensor, data);
        } else {
            addKernel(tensor, data, layerClass.endsWith("Transpose"));
        }
    }

    /** The variables of a separable convolution are its depthwise and its pointwise kernel; Keras 3 only numbers them. */
    private static boolean isDepthwise(String variable, String layerClass) {
        return variable.equals("depthwise_kernel")
                || layerClass.startsWith("DepthwiseConv")
                || layerClass.startsWith("SeparableConv") && variable.equals("0");
    }

    /** Two rows, for inputs and for the state, look like a matrix. Keras 3 only numbers the kernel, the recurrent kernel and the bias. */
    private static boolean isBiasOfGru(String variable) {
        return variable.equals("bias") || variable.equals("2");
    }

    /** Opens the numbers of a tensor once they are wanted. */
    @FunctionalInterface
    interface Readable {
        TensorData data() throws IOException;
    }

    private void addDense(Hdf5Tensor tensor, TensorData data, ImageFlow input) throws IOException {
        long first = isConfigured ? input.flattenedChannels() : channels;
        weights.addDense(tensor.name(), tensor.shape(), tensor.type(), data, first);
        channels = 0;
    }

    private void addKernel(Hdf5Tensor tensor, TensorData data, boolean isTransposed) throws IOException {
        var shape = tensor.shape();
        channels = shape[isTransposed ? shape.length - 2 : shape.length - 1];
        weights.addKernel(tensor.name(), shape, tensor.type(), data);
    }

    private void addDepthwise(Hdf5Tensor tensor, TensorData data) throws IOException {
        var shape = tensor.shape();
        channels = Shapes.numbers(tensor.name(), shape[shape.length - 2], shape[shape.length - 1]);
        weights.addDepthwise(tensor.name(), shape, tensor.type(), data);
    }

    /** The last part of a weight's name, without the {@code :0} of TensorFlow. */
    private static String variable(String weight) {
        var last = weight.substring(weight.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? last : last.substring(0, colon);
    }
}
