package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the weights of a graph by its operators, and undoes their layout: kernels are [outputs, height, width, inputs], depthwise ones [1, height,
 * width, channels], those of transposed convolutions [outputs, height, width, inputs] too, which become [inputs, outputs, positions] as in PyTorch.
 *
 * <p>The inputs of a dense layer behind an image lie as [height, width, channels], and are brought to [channels, height, width]; an image
 * that was transposed before has them so already.
 */
final class TfliteLayout {

    /** Tensors that are passed through on the way to where numbers come from. */
    private static final int MAX_STEPS = 8;

    private static final int IMAGE_RANK = 4;

    private final WeightCollector collector;
    private final TfliteBuffers buffers;
    private final HeaderBudget budget;
    private final Set<Long> seen = new HashSet<>();

    TfliteLayout(WeightCollector collector, TfliteBuffers buffers, HeaderBudget budget) {
        this.collector = collector;
        this.buffers = buffers;
        this.budget = budget;
    }

    void add(TfliteGraph graph) throws IOException {
        for (var operator : graph.operators()) {
            switch (operator.code()) {
                case TfliteOperator.CONV_2D, TfliteOperator.TRANSPOSE_CONV, TfliteOperator.DEPTHWISE_CONV_2D ->
                    addKernel(graph, operator);
                case TfliteOperator.FULLY_CONNECTED -> addDense(graph, operator);
                default -> {
                    // Holds no weights, or none of a known layout.
                }
            }
        }
    }

    private void addKernel(TfliteGraph graph, TfliteOperator operator) throws IOException {
        var tensor = weights(graph, operator, IMAGE_RANK);
        if (tensor == null) {
            return;
        }
        var shape = tensor.shape();
        long positions = shape[1] * shape[2];
        switch (operator.code()) {
            case TfliteOperator.CONV_2D -> add(tensor, new long[] {shape[0], shape[3], positions}, 0, 3, 1, 2);
            case TfliteOperator.TRANSPOSE_CONV -> add(tensor, new long[] {shape[3], shape[0], positions}, 3, 0, 1, 2);
            default -> {
                if (shape[0] != 1) {
                    throw ModelFormatException.malformed("tensor " + tensor.name()
                            + ": expected a first size of 1 for DEPTHWISE_CONV_2D, got " + Arrays.toString(shape));
                }
                add(tensor, new long[] {shape[3], 1, positions}, 3, 0, 1, 2);
            }
        }
    }

    private void addDense(TfliteGraph graph, TfliteOperator operator) throws IOException {
        operator.checkIsNotShuffled();
        var tensor = weights(graph, operator, 2);
        if (tensor == null) {
            return;
        }
        var shape = tensor.shape();
        long channels = flattenedChannels(graph, operator.input(0), shape[1]);
        var data = data(tensor);
        if (channels > 0) {
            data = data.permuted(new long[] {shape[0], shape[1] / channels, channels}, 0, 2, 1);
        }
        collector.addByShape(tensor.name(), shape, tensor.type(), data);
    }

    /** The constant weights of an operator; null if they are computed, or were added before. */
    private TfliteTensor weights(TfliteGraph graph, TfliteOperator operator, int rank) throws IOException {
        int index = operator.input(1);
        for (int step = 0; step < MAX_STEPS; step++) {
            var producer = graph.producer(index);
            if (producer == null) {
                break;
            }
            if (producer.code() == TfliteOperator.DENSIFY) {
                throw ModelFormatException.unsupported(
                        "tensor " + graph.tensor(index).name() + ": sparse weights are not read");
            }
            if (producer.code() != TfliteOperator.DEQUANTIZE && producer.code() != TfliteOperator.QUANTIZE) {
                return null;
            }
            index = producer.input(0);
        }
        var tensor = graph.tensor(index);
        if (tensor == null) {
            return null;
        }
        if (buffers.of(tensor).size() == 0) {
            tensor.checkIsNotExternal();
            return null;
        }
        tensor.checkIsPlain();
        if (tensor.shape().length != rank) {
            throw ModelFormatException.malformed("tensor " + tensor.name() + ": expected " + rank
                    + " sizes for its operator, got " + Arrays.toString(tensor.shape()));
        }
        return seen.add(tensor.buffer()) ? tensor : null;
    }

    /** The channels of the image whose positions and channels are these inputs; 0 if there is none, or its order is that of PyTorch already. */
    private static long flattenedChannels(TfliteGraph graph, int input, long inputs) throws IOException {
        int index = input;
        for (int step = 0; step < MAX_STEPS && graph.tensor(index) != null; step++) {
            var shape = graph.tensor(index).shape();
            var producer = graph.producer(index);
            if (shape.length == IMAGE_RANK) {
                long channels = shape[3];
                boolean isTransposed = producer != null && producer.code() == TfliteOperator.TRANSPOSE;
                boolean isImage = channels > 1 && channels < inputs && shape[1] * shape[2] * channels == inputs;
                return isImage && !isTransposed ? channels : 0;
            }
            if (producer == null || !producer.isPassing()) {
                return 0;
            }
            index = producer.input(0);
        }
        return 0;
    }

    private void add(TfliteTensor tensor, long[] canonical, int... order) throws IOException {
        collector.addByShape(
                tensor.name(), canonical, tensor.type(), data(tensor).permuted(tensor.shape(), order));
    }

    private TensorData data(TfliteTensor tensor) throws IOException {
        return tensor.data(buffers.of(tensor), budget);
    }
}
