package io.weighbridge.app.zoo.save;

import java.util.Arrays;

/**
 * A tensor with the name and layout that PyTorch would give it: convolution [out, in, kernel ...], depthwise [out, 1, kernel ...], dense
 * [out, in]; biases and the statistics of a batch norm are vectors.
 */
public final class SavedTensor {

    private final String name;
    private final long[] shape;
    private final float[] values;

    private SavedTensor(String name, long[] shape, float[] values) {
        this.name = name;
        this.shape = shape;
        this.values = values;
    }

    /** Copies shape and values; the values are row-major. */
    public static SavedTensor of(String name, long[] shape, float[] values) {
        long numbers = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (numbers != values.length || Arrays.stream(shape).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("tensor " + name + ": expected the numbers of shape "
                    + Arrays.toString(shape) + ", got " + values.length);
        }
        return new SavedTensor(name, shape.clone(), values.clone());
    }

    /** For example {@code layers.3.weight}. */
    public String name() {
        return name;
    }

    public long[] shape() {
        return shape.clone();
    }

    public int rank() {
        return shape.length;
    }

    public int size() {
        return values.length;
    }

    /** A number by its place in row-major order. */
    public float value(int index) {
        return values[index];
    }

    /** All numbers in row-major order, a copy. */
    public float[] values() {
        return values.clone();
    }

    /** The same shape with other values. */
    public SavedTensor with(float[] changed) {
        return of(name, shape, changed);
    }

    /** The name without its last part: that of the layer. */
    public String layer() {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    /** The last part of the name, such as {@code weight}. */
    public String variable() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    boolean isDense() {
        return shape.length == 2;
    }

    boolean isConvolution() {
        return shape.length > 2;
    }

    boolean isDepthwise() {
        return isConvolution() && shape[1] == 1 && shape[0] > 1;
    }

    int outputs() {
        return (int) shape[0];
    }

    int inputs() {
        return (int) shape[1];
    }
}
