package io.weighbridge.hasher.format;

import java.io.IOException;

/** The numbers of one tensor, row-major in the shape its reader gave for it. They stay in the file: each call reads it. */
@FunctionalInterface
public interface TensorData {

    /** Reads {@code count} numbers, the first of them number {@code from}, to {@code target[at ...]}. The tensor has that many. */
    void read(long from, int count, float[] target, int at) throws IOException;

    /**
     * The tensor with its axes in another order, row-major again.
     *
     * @param shape its shape now
     * @param order {@code order[k]}: which axis becomes axis k
     */
    default TensorData permuted(long[] shape, int... order) {
        return StridedTensor.permuted(this, shape, order);
    }
}
