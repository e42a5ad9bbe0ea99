package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.NegatedTensor;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.StridedTensor;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.pickle.PySequence;
import io.weighbridge.hasher.format.pytorch.TensorFinder.Found;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Turns views of storages into layers, every view held against the bounds of its storage. */
final class StorageReader {

    private final ReadLimits limits;
    private final WeightCollector collector;
    private final Set<PyTensor> added = new HashSet<>();

    StorageReader(ModelBytes file, ReadLimits limits) {
        this.limits = limits;
        this.collector = new WeightCollector(file, limits);
    }

    void count(Found found) throws ModelFormatException {
        var tensor = found.tensor();
        long numbers = Shapes.numbers(found.name(), tensor.shape());
        if (tensor instanceof PyView view) {
            checkView(found.name(), view);
        } else if (tensor instanceof PyQuantised quantised) {
            checkView(found.name(), quantised.integers());
        }
        collector.count(found.name(), tensor instanceof PyAbsent ? 0 : numbers);
    }

    /** Adds the tensor if it is a layer and not the same view again: tied weights have several names. */
    void addLayer(Found found) throws IOException {
        var name = found.name();
        if (!added.add(found.tensor())) {
            return;
        }
        if (found.tensor() instanceof PyView view) {
            if (view.storage().type().isFloating()) {
                collector.addByShape(name, view.shape(), view.storage().type(), data(name, view));
            }
        } else if (found.tensor() instanceof PyQuantised tensor) {
            collector.addByShape(name, tensor.shape(), ElementType.F32, dequantised(name, tensor));
        } else if (found.tensor() instanceof PyAbsent absent) {
            refuse(name, absent);
        }
    }

    /** What could be a layer and is not read must not look as if it were not there. */
    private static void refuse(String name, PyAbsent tensor) throws ModelFormatException {
        if (tensor.reason() == PyAbsent.Reason.NOT_READ && tensor.sizes().size() > 1) {
            throw ModelFormatException.unsupported("tensor " + name + ": " + tensor.what() + " is not read");
        }
    }

    private TensorData dequantised(String name, PyQuantised tensor) throws IOException {
        long channels = tensor.axis() < 0 ? 1 : tensor.sizes().get(tensor.axis());
        if (channels > limits.maxHeaderBytes() / Double.BYTES) {
            throw ModelFormatException.tooLarge("tensor " + name + ": scales of " + channels
                    + " channels, more bytes than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        var scales = parameters(name + ": scales", tensor.scales(), (int) channels);
        var zeroPoints = parameters(name + ": zero points", tensor.zeroPoints(), (int) channels);
        boolean isDouble =
                tensor.scales() instanceof PyView view && view.storage().type() == ElementType.F64;
        long inner = 1;
        for (int axis = tensor.axis() + 1;
                tensor.axis() >= 0 && axis < tensor.sizes().size();
                axis++) {
            inner *= tensor.sizes().get(axis);
        }
        return new DequantisedTensor(data(name, tensor.integers()), scales, zeroPoints, Math.max(1, inner), isDouble);
    }

    /** A number for each channel: one, a list of them, or a tensor. */
    private static double[] parameters(String name, Object value, int channels) throws IOException {
        if (value instanceof Double number && channels == 1) {
            return new double[] {number};
        }
        if (value instanceof PySequence list
                && list.items().size() == channels
                && list.items().stream().allMatch(Number.class::isInstance)) {
            return list.items().stream()
                    .mapToDouble(number -> ((Number) number).doubleValue())
                    .toArray();
        }
        if (value instanceof PyView view && view.sizes().equals(List.of((long) channels)) && isContiguous(view)) {
            checkView(name, view);
            return parameters(name, view, channels);
        }
        throw ModelFormatException.malformed("tensor " + name + ": expected " + channels + " numbers in a row");
    }

    private static double[] parameters(String name, PyView view, int channels) throws IOException {
        var type = view.storage().type();
        var numbers = new double[channels];
        if (type == ElementType.F64) {
            var held = ByteBuffer.allocate(channels * Double.BYTES)
                    .order(view.storage().storages().order());
            bytes(view.storage()).readInto(held, (view.storage().first() + view.offset()) * Double.BYTES, name);
            held.flip().asDoubleBuffer().get(numbers);
            return numbers;
        }
        var singles = new float[channels];
        stored(view.storage(), view.storage().first() + view.offset(), channels).read(0, channels, singles, 0);
        for (int i = 0; i < channels; i++) {
            numbers[i] = singles[i];
        }
        return numbers;
    }

    ModelWeights weights(String format) throws ModelFormatException {
        return collector.weights(format);
    }

    private TensorData data(String name, PyView tensor) throws ModelFormatException {
        var shown = unsigned(name, tensor);
        return tensor.isNegative() ? new NegatedTensor(shown) : shown;
    }

    private TensorData unsigned(String name, PyView tensor) throws ModelFormatException {
        long offset = tensor.storage().first() + tensor.offset();
        if (isContiguous(tensor)) {
            return stored(tensor.storage(), offset, Shapes.numbers(name, tensor.shape()));
        }
        long span = span(name, tensor);
        if (span > limits.maxTensorWeights()) {
            throw ModelFormatException.tooLarge("tensor " + name + ": lies among " + span
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        var strides = tensor.strides().stream().mapToLong(Long::longValue).toArray();
        return new StridedTensor(stored(tensor.storage(), offset, span), tensor.shape(), strides);
    }

    private static TensorData stored(PyStorage storage, long offset, long numbers) throws ModelFormatException {
        var type = storage.type();
        var bytes = bytes(storage);
        long offsetBytes = offset * type.sizeBytes();
        var order = storage.storages().order();
        return type.isFloating()
                ? new StoredTensor(bytes, offsetBytes, numbers, type, order)
                : new IntegerTensor(bytes, offsetBytes, numbers, type, order);
    }

    private static ByteRange bytes(PyStorage storage) throws ModelFormatException {
        return storage.storages().storage(storage.key());
    }

    private static void checkView(String name, PyView tensor) throws ModelFormatException {
        var storage = tensor.storage();
        long held = bytes(storage).sizeBytes() / storage.type().sizeBytes() - storage.first();
        if (storage.numbers() < 0 || storage.numbers() > held) {
            throw ModelFormatException.malformed("storage " + storage.key() + ": expected " + storage.numbers()
                    + " numbers, the entry holds " + held);
        }
        if (tensor.offset() < 0 || tensor.offset() > storage.numbers() - span(name, tensor)) {
            throw ModelFormatException.malformed("tensor " + name + ": offset " + tensor.offset() + ", sizes "
                    + tensor.sizes() + " and strides " + tensor.strides() + " reach outside of storage " + storage.key()
                    + ", which has " + storage.numbers() + " numbers");
        }
    }

    /** How many numbers lie from the first to the last of the tensor, 0 for an empty one; past the bounds of long it is malformed. */
    private static long span(String name, PyView tensor) throws ModelFormatException {
        if (tensor.sizes().contains(0L)) {
            return 0;
        }
        try {
            long last = 0;
            for (int axis = 0; axis < tensor.sizes().size(); axis++) {
                long stride = tensor.strides().get(axis);
                if (stride < 0) {
                    throw ModelFormatException.malformed("tensor " + name + ": expected strides >= 0, got " + stride);
                }
                last = Math.addExact(last, Math.multiplyExact(tensor.sizes().get(axis) - 1, stride));
            }
            return Math.addExact(last, 1);
        } catch (ArithmeticException e) {
            throw ModelFormatException.malformed("tensor " + name + ": strides " + tensor.strides() + " are too large");
        }
    }

    private static boolean isContiguous(PyView tensor) {
        long expected = 1;
        for (int axis = tensor.sizes().size() - 1; axis >= 0; axis--) {
            long size = tensor.sizes().get(axis);
            if (size != 1 && tensor.strides().get(axis) != expected) {
                return false;
            }
            expected *= size;
        }
        return true;
    }
}
