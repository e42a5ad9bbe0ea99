package io.weighbridge.app.zoo.demo;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A parameter seen along the axis that counts channels. After flattening, one channel is a block of neighbouring slices.
 *
 * @param parameter a view into a network; changes go through to it
 * @param channels divides the length of the axis
 */
record ChannelAxis(INDArray parameter, int axis, int channels) {

    ChannelAxis {
        if (parameter.size(axis) % channels != 0)
            throw new IllegalArgumentException("channels: expected a divisor of " + parameter.size(axis) + " on axis "
                    + axis + ", got " + channels);
    }

    /** Puts channel {@code order[c]} in the place of channel c. */
    void reorder(int[] order) {
        var before = values();
        var after = new float[before.length];
        for (int i = 0; i < after.length; i++) {
            int channel = channelOf(i);
            after[i] = before[i + (order[channel] - channel) * channelStride()];
        }
        assign(after);
    }

    /** Multiplies every weight of channel c by {@code factors[c]}. */
    void scale(double[] factors) {
        var values = values();
        for (int i = 0; i < values.length; i++) values[i] = (float) (values[i] * factors[channelOf(i)]);
        assign(values);
    }

    /** The weights in row-major order. */
    float[] values() {
        return parameter.dup('c').data().asFloat();
    }

    private void assign(float[] values) {
        parameter.assign(Nd4j.create(values, parameter.shape(), 'c'));
    }

    private int channelOf(int position) {
        return position / channelStride() % channels;
    }

    /** Distance in row-major order from a weight of one channel to the same weight of the next. */
    private int channelStride() {
        long stride = parameter.size(axis) / channels;
        for (int i = axis + 1; i < parameter.rank(); i++) stride *= parameter.size(i);
        return Math.toIntExact(stride);
    }
}
