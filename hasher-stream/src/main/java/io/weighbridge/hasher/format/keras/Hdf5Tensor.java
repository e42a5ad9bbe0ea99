package io.weighbridge.hasher.format.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A dataset as a tensor. Contiguous numbers are read from the file itself, chunks through the library once they were found bounded. */
final class Hdf5Tensor {

    private static final long UNDEFINED_ADDRESS = -1;
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final long MIN_CHUNK_NUMBERS = 16;
    private static final long FREE_CHUNKS = 4096;

    private final String name;
    private final Dataset dataset;
    private final long[] shape;

    Hdf5Tensor(String name, Dataset dataset) throws IOException {
        this.name = name;
        this.dataset = dataset;
        this.shape = Hdf5.call(name, dataset::getDimensionsAsLong);
    }

    String name() {
        return name;
    }

    /** Not to be changed. */
    long[] shape() {
        return shape;
    }

    long numbers() throws ModelFormatException {
        return Shapes.numbers(name, shape);
    }

    /** All other types than IEEE 754's are counted as booleans are. */
    ElementType type() throws IOException {
        return Hdf5.call(name, () -> {
            if (!(dataset.getDataType() instanceof FloatingPoint type)) {
                return ElementType.BOOL;
            }
            // Other floating-point forms can be described in HDF5; these three are IEEE 754's.
            return switch (type.getSize() * 100 + type.getExponentSize()) {
                case 205 -> ElementType.F16;
                case 408 -> ElementType.F32;
                case 811 -> ElementType.F64;
                default -> ElementType.BOOL;
            };
        });
    }

    TensorData data(ModelBytes file, ReadLimits limits) throws IOException {
        return Hdf5.call(name, () -> {
            if (dataset instanceof ContiguousDataset contiguous && contiguous.getDataAddress() != UNDEFINED_ADDRESS) {
                return contiguous(file, contiguous);
            }
            return () -> Hdf5.call(name, () -> {
                file.checkTime();
                if (dataset instanceof ChunkedDataset chunked) {
                    checkChunks(chunked, limits);
                }
                return floats(dataset.getDataFlat());
            });
        });
    }

    private TensorData contiguous(ModelBytes file, ContiguousDataset contiguous) throws IOException {
        var type = (FloatingPoint) dataset.getDataType();
        long offset = contiguous.getDataAddress() + dataset.getHdfFile().getUserBlockSize();
        if (offset < 0 || offset > file.sizeBytes() - numbers() * type().sizeBytes()) {
            throw ModelFormatException.malformed("HDF5, " + name + " at byte " + offset + ": expected "
                    + numbers() * type().sizeBytes() + " bytes, the file ends at byte " + file.sizeBytes());
        }
        return new StoredTensor(file, offset, numbers(), type(), type.getByteOrder());
    }

    /** Inflates every chunk without keeping it: the library would keep whatever comes out. */
    private void checkChunks(ChunkedDataset chunked, ReadLimits limits) throws IOException {
        boolean isDeflated = false;
        for (var filter : chunked.getFilters()) {
            if (filter.getId() != DEFLATE && filter.getId() != SHUFFLE && filter.getId() != FLETCHER32) {
                throw ModelFormatException.unsupported("HDF5, " + name + ": filter " + filter.getId() + " is not read");
            }
            isDeflated |= filter.getId() == DEFLATE;
        }
        var chunk = chunked.getChunkDimensions();
        long chunkNumbers = chunkNumbers(chunk, limits);
        var offset = new int[shape.length];
        long chunks = 0;
        do {
            chunks++;
            if (chunks > FREE_CHUNKS && chunks > numbers() / MIN_CHUNK_NUMBERS) {
                throw ModelFormatException.tooLarge("HDF5, " + name + ": more than " + chunks + " chunks");
            }
            if (isDeflated) {
                checkInflated(chunked, offset, chunkNumbers * type().sizeBytes());
            }
        } while (advance(offset, chunk));
    }

    private long chunkNumbers(int[] chunk, ReadLimits limits) throws ModelFormatException {
        long numbers = 1;
        for (int size : chunk) {
            if (size < 1) {
                throw ModelFormatException.malformed("HDF5, " + name + ": expected chunk sizes > 0, got " + size);
            }
            numbers = Shapes.numbers(name, numbers, size);
        }
        if (chunk.length != shape.length || numbers > limits.maxTensorWeights()) {
            throw ModelFormatException.tooLarge("HDF5, " + name + ": chunks of " + numbers
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        return numbers;
    }

    private void checkInflated(ChunkedDataset chunked, int[] offset, long maxBytes) throws IOException {
        var inflater = new Inflater();
        try {
            inflater.setInput(chunked.getRawChunkBuffer(offset));
            var sink = new byte[1 << 13];
            while (!inflater.finished()) {
                int count = inflater.inflate(sink);
                if (count == 0 || inflater.getBytesWritten() > maxBytes + Integer.BYTES) {
                    throw ModelFormatException.malformed(
                            "HDF5, " + name + ": a chunk does not inflate to at most " + maxBytes + " bytes");
                }
            }
        } catch (DataFormatException e) {
            throw ModelFormatException.malformed("HDF5, " + name + ": a chunk does not inflate: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** Goes to the next chunk in row-major order; false after the last. */
    private boolean advance(int[] offset, int[] chunk) {
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (offset[axis] + (long) chunk[axis] < shape[axis]) {
                offset[axis] += chunk[axis];
                return true;
            }
            offset[axis] = 0;
        }
        return false;
    }

    private float[] floats(Object data) throws ModelFormatException {
        if (data instanceof float[] floats && floats.length == numbers()) {
            return floats;
        }
        if (data instanceof double[] doubles && doubles.length == numbers()) {
            var floats = new float[doubles.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) doubles[i];
            }
            return floats;
        }
        throw ModelFormatException.malformed("HDF5, " + name + ": expected " + numbers() + " numbers");
    }
}
