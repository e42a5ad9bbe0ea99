package io.weighbridge.hasher.format.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.StringData;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

/** A dataset as a tensor. Contiguous numbers are read from the file itself, all others through the library. */
final class Hdf5Tensor {

    private static final long UNDEFINED_ADDRESS = -1;
    private static final long MAX_COMPACT_NUMBERS = 1 << 16;

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
            if (isTwoBytes()) {
                return markedType();
            }
            if (!(dataset.getDataType() instanceof FloatingPoint type)) {
                return ElementType.BOOL;
            }
            // Other floating-point forms can be described in HDF5; these are IEEE 754's and bfloat16.
            return switch (type.getSize() * 100 + type.getExponentSize()) {
                case 205 -> ElementType.F16;
                case 208 -> ElementType.BF16;
                case 408 -> ElementType.F32;
                case 811 -> ElementType.F64;
                default -> ElementType.BOOL;
            };
        });
    }

    /** What {@link UntaggedOpaque} makes of bfloat16; no text of a model is as short. */
    private boolean isTwoBytes() {
        return dataset.getDataType() instanceof StringData type && type.getSize() == Short.BYTES;
    }

    /** Keras marks bfloat16 by an attribute. */
    private ElementType markedType() throws IOException {
        var mark = Hdf5.strings(dataset, "dtype", ReadLimits.STANDARD);
        if (mark == null || !mark.equals(List.of("bfloat16"))) {
            throw ModelFormatException.unsupported(
                    "HDF5, " + name + ": two bytes of no type, not marked as bfloat16, are not read");
        }
        return ElementType.BF16;
    }

    /** Of a floating-point type. */
    ByteOrder byteOrder() throws IOException {
        return Hdf5.call(
                name,
                () -> dataset.getDataType() instanceof FloatingPoint type
                        ? type.getByteOrder()
                        : ByteOrder.LITTLE_ENDIAN);
    }

    TensorData data(BoundedChannel channel, ReadLimits limits) throws IOException {
        return Hdf5.call(name, () -> {
            if (dataset instanceof ContiguousDataset contiguous && contiguous.getDataAddress() != UNDEFINED_ADDRESS) {
                return contiguous(channel.file(), contiguous);
            }
            if (dataset instanceof ChunkedDataset chunked) {
                return new ChunkedTensor(new Hdf5Chunks(this, chunked, limits, channel.size()), channel);
            }
            if (type() == ElementType.BF16) {
                throw ModelFormatException.unsupported("HDF5, " + name + ": compact bfloat16 is not read");
            }
            if (numbers() > MAX_COMPACT_NUMBERS) {
                throw ModelFormatException.malformed("HDF5, " + name + ": " + numbers()
                        + " numbers that were never written, or are in a header, which holds at most "
                        + MAX_COMPACT_NUMBERS);
            }
            return this::readCompact;
        });
    }

    private TensorData contiguous(ModelBytes file, ContiguousDataset contiguous) throws IOException {
        long offset = contiguous.getDataAddress() + dataset.getHdfFile().getUserBlockSize();
        if (offset < 0 || offset > file.sizeBytes() - numbers() * type().sizeBytes()) {
            throw ModelFormatException.malformed("HDF5, " + name + " at byte " + offset + ": expected "
                    + numbers() * type().sizeBytes() + " bytes, the file ends at byte " + file.sizeBytes());
        }
        return new StoredTensor(file, offset, numbers(), type(), byteOrder());
    }

    /** Numbers inside the dataset's header, which has 64 KiB at most. */
    private void readCompact(long from, int count, float[] target, int at) throws IOException {
        float[] all = Hdf5.call(name, () -> floats(dataset.getDataFlat()));
        System.arraycopy(all, (int) from, target, at, count);
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
