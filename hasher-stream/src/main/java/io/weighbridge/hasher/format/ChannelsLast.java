package io.weighbridge.hasher.format;

import java.io.IOException;

/**
 * Undoes the layout of weights that Keras and TensorFlow share: kernels are [positions ..., inputs, outputs], depthwise kernels [positions ...,
 * channels, multiplier], matrices [inputs, outputs]. A dense layer behind a flattened image sees [height, width, channels] where other frameworks
 * have [channels, height, width].
 */
public final class ChannelsLast {

    /** Where Keras keeps the gates that PyTorch puts in turn. */
    private static final int[] GRU_GATES = {1, 0, 2};

    private final WeightCollector collector;

    /** @param collector takes the weights the right way round */
    public ChannelsLast(WeightCollector collector) {
        this.collector = collector;
    }

    /**
     * Adds a matrix [inputs, outputs].
     *
     * @param channels of the flattened image before it; 0 if there is none
     */
    public void addDense(String name, long[] shape, ElementType type, TensorData data, long channels)
            throws IOException {
        var canonical = isFlattened(shape[0], channels)
                ? data.permuted(new long[] {shape[0] / channels, channels, shape[1]}, 2, 1, 0)
                : data.permuted(shape, 1, 0);
        collector.addByShape(name, new long[] {shape[1], shape[0]}, type, canonical);
    }

    /**
     * Adds a matrix [inputs, 3 · units] of a GRU. Its gates are update, reset, new; they come out as PyTorch has them: reset, update, new.
     *
     * @throws ModelFormatException if the columns are no three gates
     */
    public void addGru(String name, long[] shape, ElementType type, TensorData data) throws IOException {
        if (shape[1] % GRU_GATES.length != 0) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected three gates of equal size, got " + shape[1] + " columns");
        }
        var turned = data.permuted(shape, 1, 0);
        long gate = shape[0] * shape[1] / GRU_GATES.length;
        collector.addByShape(name, new long[] {shape[1], shape[0]}, type, (from, count, target, at) -> {
            int length;
            for (int done = 0; done < count; done += length) {
                long inside = (from + done) % gate;
                length = (int) Math.min(count - done, gate - inside);
                turned.read(GRU_GATES[(int) ((from + done) / gate)] * gate + inside, length, target, at + done);
            }
        });
    }

    /** Adds a matrix that is stored as [outputs, inputs]; all else as for the other way round. */
    public void addTurnedDense(String name, long[] shape, ElementType type, TensorData data, long channels)
            throws IOException {
        var canonical = isFlattened(shape[1], channels)
                ? data.permuted(new long[] {shape[0], shape[1] / channels, channels}, 0, 2, 1)
                : data;
        collector.addByShape(name, shape, type, canonical);
    }

    /** Adds a kernel. Those of transposed convolutions are [positions ..., outputs, inputs], and stay [inputs, outputs, positions] as in PyTorch. */
    public void addKernel(String name, long[] shape, ElementType type, TensorData data) throws IOException {
        int rank = shape.length;
        long[] canonical = {shape[rank - 1], shape[rank - 2], positions(shape)};
        collector.addByShape(name, canonical, type, data.permuted(shape, order(rank, rank - 1, rank - 2)));
    }

    /** Adds a depthwise kernel. */
    public void addDepthwise(String name, long[] shape, ElementType type, TensorData data) throws IOException {
        int rank = shape.length;
        long[] canonical = {Shapes.numbers(name, shape[rank - 2], shape[rank - 1]), 1, positions(shape)};
        collector.addByShape(name, canonical, type, data.permuted(shape, order(rank, rank - 2, rank - 1)));
    }

    /** How many positions a kernel has. */
    public static long positions(long[] shape) {
        long positions = 1;
        for (int axis = 0; axis < shape.length - 2; axis++) {
            positions *= shape[axis];
        }
        return positions;
    }

    private static boolean isFlattened(long inputs, long channels) {
        return channels > 1 && inputs > channels && inputs % channels == 0;
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
}
