package io.weighbridge.hasher.format.keras;

import io.jhdf.api.dataset.ChunkedDataset;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The chunks of a dataset, each read through the library once it was found bounded. */
final class Hdf5Chunks {

    private static final long MIN_CHUNK_NUMBERS = 16;
    private static final long FREE_CHUNKS = 4096;
    /** A chunk has an entry in an index and a header of its own in memory: fewer bytes than this are not worth one. */
    private static final long MIN_CHUNK_BYTES = 64;
    /** Chunks are held whole, so they may be as large as this and twice the file. */
    private static final long FREE_CHUNK_BYTES = 32 << 20;

    private final Hdf5Tensor tensor;
    private final ChunkedDataset dataset;
    private final ElementType type;
    private final int[] chunk;
    private final int chunkNumbers;
    private final ChunkFilters filters;

    /** @param fileBytes size of the file that has to hold all chunks */
    Hdf5Chunks(Hdf5Tensor tensor, ChunkedDataset dataset, ReadLimits limits, long fileBytes) throws IOException {
        this.tensor = tensor;
        this.dataset = dataset;
        this.type = tensor.type();
        this.chunk = dataset.getChunkDimensions();
        this.chunkNumbers = chunkNumbers(limits, fileBytes);
        this.filters = new ChunkFilters(tensor.name(), dataset.getFilters());
        checkCount(fileBytes);
    }

    /** That of the dataset; not to be changed. */
    long[] shape() {
        return tensor.shape();
    }

    /** That of every chunk, those that reach over the edge of the dataset included; not to be changed. */
    int[] chunkShape() {
        return chunk;
    }

    /** The numbers of the chunk at {@code offset}, row-major in {@link #chunkShape()}. */
    float[] read(int[] offset) throws IOException {
        return Hdf5.call(tensor.name(), () -> {
            var bytes = filters.undo(dataset.getRawChunkBuffer(offset), chunkNumbers * type.sizeBytes());
            if (bytes.length < chunkNumbers * type.sizeBytes()) {
                throw malformed("expected chunks of " + chunkNumbers * type.sizeBytes() + " bytes, got " + bytes.length
                        + " at " + Arrays.toString(offset));
            }
            var numbers = new float[chunkNumbers];
            type.decode(ByteBuffer.wrap(bytes).order(tensor.byteOrder()), numbers, 0, chunkNumbers);
            return numbers;
        });
    }

    /** Goes to the next chunk in row-major order; false after the last. */
    boolean advance(int[] offset) {
        for (int axis = chunk.length - 1; axis >= 0; axis--) {
            if (offset[axis] + (long) chunk[axis] < shape()[axis]) {
                offset[axis] += chunk[axis];
                return true;
            }
            offset[axis] = 0;
        }
        return false;
    }

    private int chunkNumbers(ReadLimits limits, long fileBytes) throws ModelFormatException {
        long numbers = 1;
        for (int size : chunk) {
            if (size < 1) {
                throw malformed("expected chunk sizes > 0, got " + size);
            }
            numbers = Shapes.numbers(tensor.name(), numbers, size);
        }
        if (chunk.length != shape().length) {
            throw malformed("expected chunks with " + shape().length + " axes, got " + chunk.length);
        }
        if (numbers > limits.maxTensorWeights()) {
            throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": chunks of " + numbers
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        long most = Math.min(Integer.MAX_VALUE / 2, FREE_CHUNK_BYTES + 2 * fileBytes);
        if (numbers > most / type.sizeBytes()) {
            throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": chunks of " + numbers + " numbers of "
                    + type.sizeBytes() + " bytes, more than " + most + " bytes, the most for a file of " + fileBytes);
        }
        return (int) numbers;
    }

    private void checkCount(long fileBytes) throws ModelFormatException {
        long chunks = 1;
        for (int axis = 0; axis < chunk.length; axis++) {
            if (shape()[axis] > Integer.MAX_VALUE) {
                throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": an axis of " + shape()[axis]
                        + " numbers in chunks, more than " + Integer.MAX_VALUE);
            }
            chunks = Shapes.numbers(tensor.name(), chunks, (shape()[axis] + chunk[axis] - 1) / chunk[axis]);
        }
        if (chunks > FREE_CHUNKS
                && chunks > Math.min(tensor.numbers() / MIN_CHUNK_NUMBERS, fileBytes / MIN_CHUNK_BYTES)) {
            throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": " + chunks + " chunks for "
                    + tensor.numbers() + " numbers in a file of " + fileBytes + " bytes, too many");
        }
    }

    private ModelFormatException malformed(String message) {
        return ModelFormatException.malformed("HDF5, " + tensor.name() + ": " + message);
    }
}
