package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.Arrays;

/**
 * The numbers of a sparse tensor, the zeros among them. Nothing is held: each read passes over all entries, which need not be in order.
 *
 * <p>Relies on: the parts were checked to fit together.
 */
final class SparseTensor implements TensorData {

    private static final int CHUNK_NUMBERS = 1 << 14;

    private final String name;
    private final PySparse tensor;
    private final TensorData values;

    /** How many numbers each entry has. */
    private final long inner;

    SparseTensor(String name, PySparse tensor, ViewReader views) throws ModelFormatException {
        this.name = name;
        this.tensor = tensor;
        this.values = views.data(name, tensor.values());
        long numbers = 1;
        for (int axis = tensor.sparseAxes(); axis < tensor.sizes().size(); axis++) {
            numbers *= tensor.sizes().get(axis);
        }
        this.inner = numbers;
    }

    /** Where entries are, in the order in which they are stored. */
    @FunctionalInterface
    private interface Places {
        /** The place of the entry among all that there could be; entries are asked for one after the other. */
        long of(long entry) throws IOException;
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        Arrays.fill(target, at, at + count, 0);
        var places = tensor.pointers() == null ? coordinates() : compressed();
        var chunk = new float[CHUNK_NUMBERS];
        long numbers = tensor.entries() * inner;
        long place = -1;
        for (long done = 0; done < numbers; done += CHUNK_NUMBERS) {
            int length = (int) Math.min(CHUNK_NUMBERS, numbers - done);
            values.read(done, length, chunk, 0);
            for (int i = 0; i < length; i++) {
                long part = (done + i) % inner;
                place = part == 0 ? places.of((done + i) / inner) : place;
                long position = place * inner + part - from;
                if (position >= 0 && position < count) {
                    target[at + (int) position] += chunk[i];
                }
            }
        }
    }

    private Places coordinates() throws ModelFormatException {
        var axes = new IndexWindow[tensor.sparseAxes()];
        for (int axis = 0; axis < axes.length; axis++) {
            axes[axis] = IndexWindow.of(tensor.indices(), axis);
        }
        return entry -> {
            long place = 0;
            for (int axis = 0; axis < axes.length; axis++) {
                long size = tensor.sizes().get(axis);
                place = place * size + checked(axes[axis].at(entry), size);
            }
            return place;
        };
    }

    private Places compressed() throws IOException {
        var pointers = IndexWindow.of(tensor.pointers(), 0);
        var indices = IndexWindow.of(tensor.indices(), 0);
        long columns = tensor.sizes().get(1);
        long lines = tensor.sizes().get(tensor.isByColumn() ? 1 : 0);
        long across = tensor.sizes().get(tensor.isByColumn() ? 0 : 1);
        if (pointers.at(0) != 0 || pointers.at(lines) != tensor.entries()) {
            throw ModelFormatException.malformed("tensor " + name + ": expected pointers from 0 to " + tensor.entries()
                    + ", got " + pointers.at(0) + " to " + pointers.at(lines));
        }
        return new Places() {
            private long line;

            @Override
            public long of(long entry) throws IOException {
                while (pointers.at(line + 1) <= entry) {
                    line++;
                }
                long other = checked(indices.at(entry), across);
                return tensor.isByColumn() ? other * columns + line : line * columns + other;
            }
        };
    }

    private long checked(long index, long size) throws ModelFormatException {
        if (index < 0 || index >= size) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected indices from 0 to " + (size - 1) + ", got " + index);
        }
        return index;
    }
}
