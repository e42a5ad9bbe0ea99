package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.StridedTensor;
import io.weighbridge.hasher.format.TensorData;
import java.util.Arrays;
import java.util.List;

/** Numbers of weights in other places: parts, joins, repetitions and choices of them. Relies on: no size is 0. */
final class Arrangement {

    /** Indices that follow each other closely are picked from all of their axis, if it is read at most so many times too often. */
    private static final int MAX_PASSED_OVER = 16;

    /** Most numbers of an axis that are held for that. */
    private static final long MAX_HELD = 1 << 18;

    private static final int MAX_NEAR = 64;
    private static final int PIECE = 1 << 13;

    private Arrangement() {}

    /** Every {@code step}-th index of an axis, {@code count} of them from {@code start} on. */
    static TensorData part(TensorData source, long[] shape, int axis, long start, long count, long step) {
        var sizes = shape.clone();
        sizes[axis] = count;
        var strides = strides(shape);
        long offset = start * strides[axis];
        strides[axis] *= step;
        return new StridedTensor(
                (from, length, target, at) -> source.read(offset + from, length, target, at), sizes, strides);
    }

    /** The numbers repeated along axes of size 1 and along new axes in front. Relies on: the shapes fit each other. */
    static TensorData repeated(TensorData source, long[] shape, long[] wanted) {
        if (Arrays.equals(shape, wanted)) {
            return source;
        }
        var own = strides(shape);
        var strides = new long[wanted.length];
        int added = wanted.length - shape.length;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[added + axis] = shape[axis] == 1 ? 0 : own[axis];
        }
        return new StridedTensor(source, wanted, strides);
    }

    /**
     * Tensors one behind the other along an axis.
     *
     * @param rows how many numbers of each follow each other: those of its size along the axis, and of the axes behind it
     */
    static TensorData joined(List<TensorData> sources, long[] rows) {
        long width = Arrays.stream(rows).sum();
        return (from, count, target, at) -> {
            int length;
            for (int done = 0; done < count; done += length) {
                long begun = (from + done) % width;
                int part = 0;
                while (begun >= rows[part]) {
                    begun -= rows[part++];
                }
                length = (int) Math.min(count - done, rows[part] - begun);
                sources.get(part).read((from + done) / width * rows[part] + begun, length, target, at + done);
            }
        };
    }

    /**
     * Chosen indices of an axis.
     *
     * @param size of the axis
     * @param inner numbers that follow each of its indices
     */
    static TensorData chosen(TensorData source, long size, long inner, int[] indices) {
        long row = indices.length * inner;
        boolean isNear = size * inner <= Math.min(MAX_HELD, MAX_PASSED_OVER * row) && inner < MAX_NEAR;
        return (from, count, target, at) -> {
            var whole = isNear ? new float[(int) (size * inner)] : null;
            long held = -1;
            int length;
            for (int done = 0; done < count; done += length) {
                long outer = (from + done) / row;
                long begun = (from + done) % row;
                long place = indices[(int) (begun / inner)] * inner + begun % inner;
                length = (int) Math.min(count - done, inner - begun % inner);
                if (whole == null) {
                    source.read(outer * size * inner + place, length, target, at + done);
                    continue;
                }
                if (held != outer) {
                    source.read(outer * size * inner, whole.length, whole, 0);
                    held = outer;
                }
                System.arraycopy(whole, (int) place, target, at + done, length);
            }
        };
    }

    /** Row-major. */
    private static long[] strides(long[] shape) {
        var strides = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= shape[axis];
        }
        return strides;
    }

    /** What is made of two tensors number by number. */
    @FunctionalInterface
    interface Operation {
        float apply(float one, float other);
    }

    /** Two tensors of one shape, number by number, a piece at a time. */
    static TensorData combined(TensorData one, TensorData other, Operation operation) {
        return (from, count, target, at) -> {
            var piece = new float[Math.min(count, PIECE)];
            int length;
            for (int done = 0; done < count; done += length) {
                length = Math.min(count - done, PIECE);
                one.read(from + done, length, target, at + done);
                other.read(from + done, length, piece, 0);
                for (int i = 0; i < length; i++) {
                    target[at + done + i] = operation.apply(target[at + done + i], piece[i]);
                }
            }
        };
    }

    /** The shape that both have when repeated, as NumPy has it; null if they do not fit each other. */
    static long[] common(long[] one, long[] other) {
        var shape = new long[Math.max(one.length, other.length)];
        for (int back = 1; back <= shape.length; back++) {
            long a = back <= one.length ? one[one.length - back] : 1;
            long b = back <= other.length ? other[other.length - back] : 1;
            if (a != b && a != 1 && b != 1) {
                return null;
            }
            shape[shape.length - back] = Math.max(a, b);
        }
        return shape;
    }
}
