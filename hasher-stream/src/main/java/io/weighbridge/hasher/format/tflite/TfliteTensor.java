package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** One tensor of a graph, constant or not. */
final class TfliteTensor {

    private static final int MAX_RANK = 8;

    /** What one takes in memory beside its name, about. */
    private static final int OWN_BYTES = 64;

    private static final Map<Integer, ElementType> FLOATS =
            Map.of(0, ElementType.F32, 1, ElementType.F16, 10, ElementType.F64, 18, ElementType.BF16);

    private static final Map<Integer, QuantisedTensor.Width> INTEGERS = Map.of(
            3, QuantisedTensor.Width.UINT8,
            7, QuantisedTensor.Width.INT16,
            9, QuantisedTensor.Width.INT8,
            17, QuantisedTensor.Width.INT4);

    private final FlatTable table;
    private final String name;
    private final long[] shape;
    private final int type;

    /**
     * @param index in its graph, for a tensor without a name
     * @param budget what the name may take yet
     */
    TfliteTensor(FlatTable table, int index, HeaderBudget budget) throws IOException {
        this.table = table;
        var text = table.text(3, "name of a tensor");
        budget.take(OWN_BYTES + text.length());
        this.name = text.isEmpty() ? "tensor-" + index : text;
        var sizes = table.vector(0, Integer.BYTES, "shape of a tensor");
        if (sizes.count() > MAX_RANK) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected at most " + MAX_RANK + " sizes, got " + sizes.count());
        }
        this.shape = new long[sizes.count()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = sizes.int32(axis);
        }
        this.type = table.int8(1);
    }

    String name() {
        return name;
    }

    /** A size of -1 is open until the model runs. */
    long[] shape() {
        return shape.clone();
    }

    /** Number of its buffer. */
    long buffer() throws IOException {
        return table.int32(2) & 0xffffffffL;
    }

    long numbers() throws ModelFormatException {
        return Shapes.numbers(name, shape);
    }

    /** What the numbers are counted as against the limits. */
    ElementType type() {
        return FLOATS.getOrDefault(type, ElementType.F32);
    }

    /** Fails for weights that lie in a way that is not read. */
    void checkIsPlain() throws IOException {
        if (table.has(6)) {
            throw unsupported("sparse weights are not read");
        }
        if (!FLOATS.containsKey(type) && !INTEGERS.containsKey(type)) {
            throw unsupported("weights of type " + type + " are not read");
        }
    }

    /** Fails for a tensor without bytes here that has them elsewhere. */
    void checkIsNotExternal() throws IOException {
        if (table.int32(10) != 0) {
            throw unsupported("weights in another file are not read");
        }
    }

    /**
     * The numbers, quantised ones brought back.
     *
     * @param budget what scales and zeros may take yet
     */
    TensorData data(TfliteBuffers.Bytes bytes, HeaderBudget budget) throws IOException {
        var floating = FLOATS.get(type);
        var width = INTEGERS.get(type);
        long expected =
                floating != null ? Shapes.numbers(name, numbers(), floating.sizeBytes()) : width.bytes(numbers());
        if (bytes.size() != expected) {
            throw ModelFormatException.malformed("tensor " + name + ": expected " + expected + " bytes for shape "
                    + Arrays.toString(shape) + " and type " + (floating != null ? floating : width) + ", got "
                    + bytes.size());
        }
        if (floating != null) {
            return new StoredTensor(bytes.file(), bytes.offset(), numbers(), floating, ByteOrder.LITTLE_ENDIAN);
        }
        return quantised(new QuantisedTensor.Place(bytes.file(), bytes.offset(), numbers(), width), budget);
    }

    private TensorData quantised(QuantisedTensor.Place place, HeaderBudget budget) throws IOException {
        var quantisation = table.table(4, "quantization of tensor " + name);
        if (quantisation == null || !quantisation.has(2)) {
            throw unsupported("whole numbers without a scale are not read");
        }
        if (quantisation.int8(4) != 0) {
            throw unsupported("custom or blockwise quantisation is not read");
        }
        var scales = quantisation.vector(2, Float.BYTES, "scale of tensor " + name);
        int axis = quantisation.int32(6);
        boolean isByAxis = scales.count() != 1;
        if (isByAxis && (axis < 0 || axis >= shape.length || shape[axis] != scales.count())) {
            throw ModelFormatException.malformed("tensor " + name + ": expected a scale for each index of axis " + axis
                    + " of shape " + Arrays.toString(shape) + ", got " + scales.count());
        }
        budget.take((long) scales.count() * (Float.BYTES + Long.BYTES));
        long inner =
                isByAxis ? Shapes.numbers(name, Arrays.copyOfRange(shape, axis + 1, shape.length)) : place.numbers();
        return new QuantisedTensor(place, scales.floats(), zeros(quantisation, scales.count()), inner);
    }

    /** None stand for zeros, one for all. */
    private long[] zeros(FlatTable quantisation, int count) throws IOException {
        var stored = quantisation.vector(3, Long.BYTES, "zero_point of tensor " + name);
        if (stored.count() != 0 && stored.count() != 1 && stored.count() != count) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected " + count + " zero points, got " + stored.count());
        }
        if (stored.count() == count) {
            return stored.longs();
        }
        var zeros = new long[count];
        Arrays.fill(zeros, stored.count() == 0 ? 0 : stored.int64(0));
        return zeros;
    }

    private ModelFormatException unsupported(String reason) {
        return ModelFormatException.unsupported("tensor " + name + ": " + reason);
    }
}
