package io.weighbridge.hasher.format;

import java.io.IOException;

/**
 * A view of numbers by strides, such as a transposed matrix. Any run of its numbers is read in the order of the source, piece by piece,
 * so that neither the view nor the source is ever held.
 */
public final class StridedTensor implements TensorData {

    private final TensorData source;
    private final long[] sizes;
    private final long[] strides;
    private final PieceLimits limits;

    /**
     * Relies on: every index reached is inside {@code source}.
     *
     * @param strides in numbers, at least 0
     */
    public StridedTensor(TensorData source, long[] sizes, long[] strides) {
        this(source, sizes, strides, PieceLimits.STANDARD);
    }

    StridedTensor(TensorData source, long[] sizes, long[] strides, PieceLimits limits) {
        this.source = source;
        this.sizes = sizes.clone();
        this.strides = strides.clone();
        this.limits = limits;
    }

    /** See {@link TensorData#permuted}. */
    static StridedTensor permuted(TensorData stored, long[] shape, int... order) {
        var sizes = new long[order.length];
        var strides = new long[order.length];
        for (int axis = 0; axis < order.length; axis++) {
            sizes[axis] = shape[order[axis]];
            strides[axis] = numbersAfter(order[axis], shape);
        }
        return new StridedTensor(stored, sizes, strides);
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        read(0, 0, new Run(from, count), target, at);
    }

    /** Numbers that follow each other in row-major order of an axis and those behind it. */
    private record Run(long from, int count) {

        Run without(int length) {
            return new Run(from + length, count - length);
        }
    }

    /** Cuts a run into boxes: the rest of a begun index, whole indices, the beginning of another. */
    private void read(int axis, long base, Run run, float[] target, int at) throws IOException {
        if (run.count == 0) {
            return;
        }
        long inner = numbersAfter(axis, sizes);
        long index = run.from / inner;
        long begun = run.from % inner;
        int length = (int) Math.min(run.count, begun == 0 ? run.count / inner * inner : inner - begun);
        if (begun == 0 && length > 0) {
            var box = new StridedBox(source, target, limits);
            box.add((int) (length / inner), strides[axis], (int) inner);
            for (int later = axis + 1; later < sizes.length; later++) {
                box.add((int) sizes[later], strides[later], (int) numbersAfter(later, sizes));
            }
            box.read(base + index * strides[axis], at);
        } else {
            length = length == 0 ? run.count : length;
            var part = new Run(begun, length);
            read(axis + 1, base + index * strides[axis], part, target, at);
        }
        read(axis, base, run.without(length), target, at + length);
    }

    private static long numbersAfter(int axis, long[] sizes) {
        long numbers = 1;
        for (int later = axis + 1; later < sizes.length; later++) {
            numbers *= sizes[later];
        }
        return numbers;
    }
}
