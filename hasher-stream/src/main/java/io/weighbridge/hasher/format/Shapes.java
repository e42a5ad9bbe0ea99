package io.weighbridge.hasher.format;

import java.util.Arrays;

/** Arithmetic on tensor shapes that cannot overflow. */
public final class Shapes {

    private Shapes() {}

    /** The product of the sizes, 1 for a scalar. */
    public static long numbers(String name, long... shape) throws ModelFormatException {
        long product = 1;
        for (long size : shape) {
            if (size < 0) {
                throw ModelFormatException.malformed(
                        "tensor " + name + ": expected sizes >= 0, got " + Arrays.toString(shape));
            }
            long high = Math.multiplyHigh(product, size);
            product *= size;
            if (high != 0 || product < 0) {
                throw ModelFormatException.malformed(
                        "tensor " + name + ": " + Arrays.toString(shape) + " is more than 2^63 numbers");
            }
        }
        return product;
    }

    /**
     * The tensor with its axes in another order, row-major again.
     *
     * @param shape of {@code stored}
     * @param order {@code order[k]}: which axis of {@code stored} becomes axis k
     */
    public static TensorData permuted(TensorData stored, long[] shape, int... order) {
        var sizes = Arrays.stream(order).mapToLong(axis -> shape[axis]).toArray();
        var strides = new long[order.length];
        for (int k = 0; k < order.length; k++) {
            strides[k] = stride(shape, order[k]);
        }
        return () -> gather(stored.read(), sizes, strides);
    }

    /** Reads {@code source} by strides, in numbers, into a row-major array; every index reached is inside {@code source}. */
    public static float[] gather(float[] source, long[] sizes, long[] strides) {
        int total = 1;
        for (long size : sizes) {
            total *= (int) size;
        }
        var out = new float[total];
        var index = new long[sizes.length];
        long from = 0;
        for (int i = 0; i < total; i++) {
            out[i] = source[(int) from];
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                from -= strides[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
        return out;
    }

    private static long stride(long[] shape, int axis) {
        long stride = 1;
        for (int later = axis + 1; later < shape.length; later++) {
            stride *= shape[later];
        }
        return stride;
    }
}
