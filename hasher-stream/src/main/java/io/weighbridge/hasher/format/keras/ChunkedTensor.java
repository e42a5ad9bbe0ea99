package io.weighbridge.hasher.format.keras;

import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * A dataset in chunks, with its axes in any order. Reading visits every chunk that holds a wanted number once and in the order of the
 * dataset, so one chunk is in memory at a time; slabs that are thinner than a chunk inflate it once each.
 */
final class ChunkedTensor implements TensorData {

    private final Hdf5Chunks chunks;
    private final BoundedChannel channel;
    /** The shape of the dataset, or one whose axes before the last are cut otherwise. */
    private final long[] shape;
    /** Of each axis of {@code shape}, in numbers of this tensor. */
    private final long[] strides;

    ChunkedTensor(Hdf5Chunks chunks, BoundedChannel channel) {
        this(chunks, channel, chunks.shape(), inOrder(chunks.shape().length));
    }

    private ChunkedTensor(Hdf5Chunks chunks, BoundedChannel channel, long[] shape, int[] order) {
        this.chunks = chunks;
        this.channel = channel;
        this.shape = shape.clone();
        this.strides = new long[shape.length];
        long stride = 1;
        for (int k = order.length - 1; k >= 0; k--) {
            strides[order[k]] = stride;
            stride *= shape[order[k]];
        }
    }

    /** Relies on: this tensor's axes are as the dataset has them, and the last one stays whole. */
    @Override
    public TensorData permuted(long[] newShape, int... order) {
        assert newShape[newShape.length - 1] == shape[shape.length - 1];
        return new ChunkedTensor(chunks, channel, newShape, order);
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        channel.restart();
        var slab = new Slab(from, count, target, at);
        var offset = new int[chunks.chunkShape().length];
        do {
            if (mayHold(offset, from, count)) {
                copy(chunks.read(offset), offset, slab);
            }
        } while (chunks.advance(offset));
    }

    /** Whether some number of the chunk may be wanted: can be told if the dataset's last axis is the first here, as in kernels. */
    private boolean mayHold(int[] offset, long from, int count) {
        int last = offset.length - 1;
        long stride = strides[strides.length - 1];
        boolean isFirst = stride >= strides[0];
        long start = offset[last] * stride;
        long end = start + chunks.chunkShape()[last] * stride;
        return !isFirst || start < from + count && end > from;
    }

    /** Copies row by row: along the last axis. */
    private void copy(float[] chunk, int[] offset, Slab slab) {
        int last = offset.length - 1;
        int rowLength = chunks.chunkShape()[last];
        int inside = (int) Math.min(rowLength, chunks.shape()[last] - offset[last]);
        long stride = strides[strides.length - 1];
        for (int start = 0; start < chunk.length; start += rowLength) {
            long row = rowOf(start / rowLength, offset);
            if (row >= 0) {
                slab.take(chunk, start, inside, placeOf(row) + offset[last] * stride, stride);
            }
        }
    }

    /** Which row of the dataset a row of a chunk is; negative if it lies over the edge. */
    private long rowOf(int rowInChunk, int[] offset) {
        long row = 0;
        long rows = 1;
        int rest = rowInChunk;
        for (int axis = offset.length - 2; axis >= 0; axis--) {
            long index = offset[axis] + rest % chunks.chunkShape()[axis];
            if (index >= chunks.shape()[axis]) {
                return -1;
            }
            rest /= chunks.chunkShape()[axis];
            row += index * rows;
            rows *= chunks.shape()[axis];
        }
        return row;
    }

    /** Where the first number of a row of the dataset is here. */
    private long placeOf(long row) {
        long place = 0;
        long rest = row;
        for (int axis = shape.length - 2; axis >= 0; axis--) {
            place += rest % shape[axis] * strides[axis];
            rest /= shape[axis];
        }
        return place;
    }

    private static int[] inOrder(int rank) {
        return IntStream.range(0, rank).toArray();
    }

    /** The numbers that a call of read wants. */
    private static final class Slab {

        private final long from;
        private final int count;
        private final float[] target;
        private final int at;

        Slab(long from, int count, float[] target, int at) {
            this.from = from;
            this.count = count;
            this.target = target;
            this.at = at;
        }

        /** Takes those of {@code length} numbers from {@code start} on that are wanted; their places begin at {@code place}. */
        void take(float[] numbers, int start, int length, long place, long stride) {
            long first = Math.max(0, -Math.floorDiv(place - from, stride));
            for (long i = first; i < length && place + i * stride < from + count; i++) {
                target[(int) (at + place + i * stride - from)] = numbers[(int) (start + i)];
            }
        }
    }
}
