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
}
