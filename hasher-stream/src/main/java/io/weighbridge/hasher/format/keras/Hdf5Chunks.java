package io.weighbridge.hasher.format.keras;

import io.jhdf.api.dataset.ChunkedDataset;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The chunks of a dataset, each read through the library once it was found bounded. */
final class Hdf5Chunks {

    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final long MIN_CHUNK_NUMBERS = 16;
    private static final long FREE_CHUNKS = 4096;

    private final Hdf5Tensor tensor;
    private final ChunkedDataset dataset;
    private final ElementType type;
    private final int[] chunk;
    private final int chunkNumbers;
    private final boolean isDeflated;

    Hdf5Chunks(Hdf5Tensor tensor, ChunkedDataset dataset, ReadLimits limits) throws IOException {
        this.tensor = tensor;
        this.dataset = dataset;
        this.type = tensor.type();
        this.chunk = dataset.getChunkDimensions();
        this.chunkNumbers = chunkNumbers(limits);
        this.isDeflated = checkFilters();
        checkCount();
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
            if (isDeflated) {
                checkInflated(offset);
            }
            var bytes = dataset.getDecompressedChunk(offset);
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

    private int chunkNumbers(ReadLimits limits) throws ModelFormatException {
        long numbers = 1;
        for (int size : chunk) {
            if (size < 1) {
                throw malformed("expected chunk sizes > 0, got " + size);
            }
            numbers = Shapes.numbers(tensor.name(), numbers, size);
        }
        if (chunk.length != shape().length || numbers > Math.min(limits.maxTensorWeights(), Integer.MAX_VALUE / 8)) {
            throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": chunks of " + numbers
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        return (int) numbers;
    }

    private boolean checkFilters() throws ModelFormatException {
        boolean deflates = false;
        for (var filter : dataset.getFilters()) {
            if (filter.getId() != DEFLATE && filter.getId() != SHUFFLE && filter.getId() != FLETCHER32) {
                throw ModelFormatException.unsupported(
                        "HDF5, " + tensor.name() + ": filter " + filter.getId() + " is not read");
            }
            deflates |= filter.getId() == DEFLATE;
        }
        return deflates;
    }

    private void checkCount() throws ModelFormatException {
        long chunks = 1;
        for (int axis = 0; axis < chunk.length; axis++) {
            if (shape()[axis] > Integer.MAX_VALUE) {
                throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": an axis of " + shape()[axis]
                        + " numbers in chunks, more than " + Integer.MAX_VALUE);
            }
            chunks = Shapes.numbers(tensor.name(), chunks, (shape()[axis] + chunk[axis] - 1) / chunk[axis]);
        }
        if (chunks > FREE_CHUNKS && chunks > tensor.numbers() / MIN_CHUNK_NUMBERS) {
            throw ModelFormatException.tooLarge("HDF5, " + tensor.name() + ": " + chunks + " chunks for "
                    + tensor.numbers() + " numbers, too many");
        }
    }

    /** Inflates a chunk without keeping it: the library would keep whatever comes out. */
    private void checkInflated(int[] offset) throws IOException {
        long maxBytes = (long) chunkNumbers * type.sizeBytes();
        var inflater = new Inflater();
        try {
            inflater.setInput(dataset.getRawChunkBuffer(offset));
            var sink = new byte[1 << 13];
            while (!inflater.finished()) {
                int count = inflater.inflate(sink);
                if (count == 0 || inflater.getBytesWritten() > maxBytes + Integer.BYTES) {
                    throw malformed("a chunk does not inflate to at most " + maxBytes + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw malformed("a chunk does not inflate: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private ModelFormatException malformed(String message) {
        return ModelFormatException.malformed("HDF5, " + tensor.name() + ": " + message);
    }
}
