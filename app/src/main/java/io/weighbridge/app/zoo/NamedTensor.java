package io.weighbridge.app.zoo;

import java.util.Arrays;

/** A tensor with the name and layout that PyTorch would give it: convolution [out, in, h, w], depthwise [out, 1, h, w], dense [out, in]. */
public final class NamedTensor {

    private final String name;
    private final long[] shape;
    private final float[] values;

    /**
     * @param values in row-major order
     */
    public NamedTensor(String name, long[] shape, float[] values) {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length)
            throw new IllegalArgumentException(
                    name + ": expected " + size + " values for " + Arrays.toString(shape) + ", got " + values.length);
        this.name = name;
        this.shape = shape.clone();
        this.values = values.clone();
    }

    public String name() {
        return name;
    }

    public long[] shape() {
        return shape.clone();
    }

    public int size() {
        return values.length;
    }

    /** A weight by its place in row-major order. */
    public float value(int index) {
        return values[index];
    }

    /** All weights in row-major order. */
    public float[] values() {
        return values.clone();
    }

    /** The same shape with other values. */
    public NamedTensor with(float[] changed) {
        return new NamedTensor(name, shape, changed);
    }
}
