package io.weighbridge.hasher.format;

import java.io.IOException;

/**
 * Quantised numbers q as the weights that they stand for: (q - zero) · scale. Scales lie in a grid over the tensor, one for each block:
 * blocks as large as the tensor give one scale for all, blocks of one index along an axis one for each channel.
 */
public final class ScaledTensor implements TensorData {

    private final TensorData quantised;
    private final TensorData scales;
    private final TensorData zeros;
    private final long[] shape;
    private final long[] blocks;
    private final long[] grid;
    /** The last axis that a block does not span, and how many numbers follow each of its indices: one block has all of them. */
    private final int cut;

    private final long inner;

    /**
     * Relies on: {@code scales} and {@code zeros} hold a number for each block, row-major; no size is 0, and there is at least one axis.
     *
     * @param zeros null if all are 0
     * @param blocks indices of a block along each axis; where they do not divide the axis, its last blocks are smaller
     */
    public ScaledTensor(TensorData quantised, long[] shape, long[] blocks, TensorData scales, TensorData zeros) {
        this.quantised = quantised;
        this.scales = scales;
        this.zeros = zeros;
        this.shape = shape.clone();
        this.blocks = blocks.clone();
        this.grid = grid(shape, blocks);
        int last = shape.length - 1;
        while (last > 0 && grid[last] == 1) {
            last--;
        }
        long after = 1;
        for (int axis = last + 1; axis < shape.length; axis++) {
            after *= shape[axis];
        }
        this.cut = last;
        this.inner = after;
    }

    /** Blocks along each axis of a tensor, the last smaller ones included. */
    public static long[] grid(long[] shape, long[] blocks) {
        var grid = new long[shape.length];
        for (int axis = 0; axis < shape.length; axis++) {
            grid[axis] = (shape[axis] - 1) / blocks[axis] + 1;
        }
        return grid;
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        quantised.read(from, count, target, at);
        long blocksInAll = 1;
        for (long size : grid) {
            blocksInAll *= size;
        }
        var scaleWindow = new NumberWindow(scales, blocksInAll);
        var zeroWindow = zeros == null ? null : new NumberWindow(zeros, blocksInAll);
        int length;
        for (int done = 0; done < count; done += length) {
            long position = from + done;
            long index = position / inner % shape[cut];
            long end = Math.min(shape[cut], (index / blocks[cut] + 1) * blocks[cut]);
            length = (int) Math.min(count - done, (end - index) * inner - position % inner);
            long block = block(position / inner);
            scale(target, at + done, length, scaleWindow.at(block), zero(zeroWindow, block));
        }
    }

    private static float zero(NumberWindow zeros, long block) throws IOException {
        return zeros == null ? 0 : zeros.at(block);
    }

    private static void scale(float[] target, int at, int length, float scale, float zero) {
        for (int i = at; i < at + length; i++) {
            target[i] = (target[i] - zero) * scale;
        }
    }

    /** The place of a block among all, by a position among the numbers of the axes up to the cut. */
    private long block(long position) {
        long rest = position;
        long block = 0;
        long step = 1;
        for (int axis = cut; axis >= 0; axis--) {
            block += rest % shape[axis] / blocks[axis] * step;
            rest /= shape[axis];
            step *= grid[axis];
        }
        return block;
    }
}
