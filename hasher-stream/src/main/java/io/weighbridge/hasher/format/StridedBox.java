package io.weighbridge.hasher.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers at every combination of some indices, each axis with a stride in the source and one in the target.
 *
 * <p>Axes are kept in the order of the source, the widest stride first, so the source is read forwards only. Axes from some level on
 * whose gaps are small are read as they lie, with the gaps. As many of these stretches as fit are gathered in a piece before it is dealt
 * out, because writing them one by one to a target far apart costs more than reading them.
 */
final class StridedBox {

    /** {@code size} steps of {@code stride} numbers in the source and {@code targetStride} in the target. */
    private record Axis(int size, long stride, int targetStride) {

        /** Whether this axis goes on where {@code inner} ends, in source and target. */
        boolean continues(Axis inner) {
            return stride == inner.size * inner.stride && targetStride == inner.size * inner.targetStride;
        }
    }

    private static final int TILE = 16;

    private final TensorData source;
    private final float[] target;
    private final PieceLimits limits;
    private final List<Axis> axes = new ArrayList<>();
    private long[] spans;
    private boolean[] isDense;
    private float[] piece = {};

    StridedBox(TensorData source, float[] target, PieceLimits limits) {
        this.source = source;
        this.target = target;
        this.limits = limits;
    }

    void add(int size, long stride, int targetStride) {
        if (size > 1) {
            axes.add(new Axis(size, stride, targetStride));
        }
    }

    /** Reads the box whose first number is number {@code from} of the source and goes to {@code target[at]}. */
    void read(long from, int at) throws IOException {
        axes.sort(Comparator.comparingLong(Axis::stride).reversed());
        for (int outer = axes.size() - 2; outer >= 0; outer--) {
            if (axes.get(outer).continues(axes.get(outer + 1))) {
                var inner = axes.remove(outer + 1);
                var merged = new Axis(axes.get(outer).size * inner.size, inner.stride, inner.targetStride);
                axes.set(outer, merged);
            }
        }
        measure();
        read(0, from, at);
    }

    /** How far the axes from each level on reach in the source, and whether they have no gap too wide to be read. */
    private void measure() {
        spans = new long[axes.size() + 1];
        isDense = new boolean[axes.size() + 1];
        spans[axes.size()] = 1;
        isDense[axes.size()] = true;
        for (int level = axes.size() - 1; level >= 0; level--) {
            var axis = axes.get(level);
            spans[level] = spans[level + 1] + (axis.size - 1) * axis.stride;
            isDense[level] = isDense[level + 1] && axis.stride - spans[level + 1] <= limits.maxGap();
        }
    }

    private void read(int level, long from, int at) throws IOException {
        if (level == axes.size() || isRun(level)) {
            source.read(from, level == axes.size() ? 1 : axes.get(level).size, target, at);
            return;
        }
        var axis = axes.get(level);
        int steps = stepsInPiece(level);
        for (int i = 0; i < axis.size; i += steps) {
            long start = from + i * axis.stride;
            int targetStart = at + i * axis.targetStride;
            if (steps == 1) {
                read(level + 1, start, targetStart);
            } else {
                readPiece(level, Math.min(steps, axis.size - i), start, targetStart);
            }
        }
    }

    private boolean isRun(int level) {
        var axis = axes.get(level);
        return level == axes.size() - 1 && axis.stride == 1 && axis.targetStride == 1;
    }

    /** How many steps of an axis fit in a piece; 1 if a single one does not, or can go to the target as it is. */
    private int stepsInPiece(int level) {
        if (!isDense[level + 1] || spans[level + 1] > limits.maxNumbers() || isRunBehind(level)) {
            return 1;
        }
        long stride = isDense[level] ? axes.get(level).stride : spans[level + 1];
        long steps = stride == 0 ? Long.MAX_VALUE : 1 + (limits.maxNumbers() - spans[level + 1]) / stride;
        return (int) Math.min(axes.get(level).size, steps);
    }

    /** Whether every step is a run of its own: if their gaps are wide, nothing is gained by a piece. */
    private boolean isRunBehind(int level) {
        return !isDense[level] && level + 1 < axes.size() && isRun(level + 1);
    }

    /** Reads some steps of an axis into the piece, with their gaps if these are small, without if not, and deals them out. */
    private void readPiece(int level, int steps, long from, int at) throws IOException {
        var axis = axes.get(level);
        int span = (int) spans[level + 1];
        int stride = isDense[level] ? (int) axis.stride : span;
        int length = span + (steps - 1) * stride;
        if (piece.length < length) {
            piece = new float[length];
        }
        if (isDense[level]) {
            source.read(from, length, piece, 0);
        } else {
            for (int i = 0; i < steps; i++) {
                source.read(from + i * axis.stride, span, piece, i * span);
            }
        }
        deal(level, new Axis(steps, stride, axis.targetStride), at);
    }

    private void deal(int level, Axis first, int at) {
        var outer = new ArrayList<Axis>(axes.subList(level, axes.size()));
        outer.set(0, first);
        var along = outer.remove(outer.size() - 1);
        outer.sort(Comparator.comparingInt(Axis::targetStride).reversed());
        var across = outer.isEmpty() ? new Axis(1, 0, 0) : outer.remove(outer.size() - 1);
        deal(outer, across, along, 0, at);
    }

    /** Copies from the piece by all axes; the innermost two are those with the smallest strides in target and source. */
    private void deal(List<Axis> outer, Axis across, Axis along, int from, int at) {
        if (outer.isEmpty()) {
            transpose(across, along, from, at);
            return;
        }
        var axis = outer.get(0);
        var rest = outer.subList(1, outer.size());
        for (int i = 0; i < axis.size; i++) {
            deal(rest, across, along, (int) (from + i * axis.stride), at + i * axis.targetStride);
        }
    }

    /** In tiles that stay in the nearest cache, whichever of the two strides is wide. */
    private void transpose(Axis across, Axis along, int from, int at) {
        float[] in = piece;
        int stride = (int) along.stride;
        int targetStride = along.targetStride;
        for (int i = 0; i < across.size; i += TILE) {
            for (int j = 0; j < along.size; j += TILE) {
                int endI = Math.min(across.size, i + TILE);
                int length = Math.min(TILE, along.size - j);
                for (int row = i; row < endI; row++) {
                    int read = (int) (from + row * across.stride + j * along.stride);
                    int written = at + row * across.targetStride + j * targetStride;
                    for (int step = 0; step < length; step++) {
                        target[written + step * targetStride] = in[read + step * stride];
                    }
                }
            }
        }
    }
}
