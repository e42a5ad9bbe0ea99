package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.StridedTensor;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.pytorch.TensorFinder.Found;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/** Turns views of storages into layers, every view held against the bounds of its storage. */
final class StorageReader {

    private final ZipArchive archive;
    private final String folder;
    private final ByteOrder order;
    private final ReadLimits limits;
    private final WeightCollector collector;
    private final Set<PyTensor> added = new HashSet<>();

    StorageReader(ModelBytes file, ReadLimits limits, ZipArchive archive, String folder, ByteOrder order) {
        this.archive = archive;
        this.folder = folder;
        this.order = order;
        this.limits = limits;
        this.collector = new WeightCollector(file, limits);
    }

    void count(Found found) throws ModelFormatException {
        checkView(found.name(), found.tensor());
        collector.count(
                found.name(), Shapes.numbers(found.name(), found.tensor().shape()));
    }

    /** Adds the tensor if it is a layer and not the same view again: tied weights have several names. */
    void addLayer(Found found) throws ModelFormatException {
        var tensor = found.tensor();
        if (added.add(tensor)) {
            collector.addByShape(found.name(), tensor.shape(), tensor.storage().type(), data(found.name(), tensor));
        }
    }

    ModelWeights weights(String format) throws ModelFormatException {
        return collector.weights(format);
    }

    private TensorData data(String name, PyTensor tensor) throws ModelFormatException {
        var type = tensor.storage().type();
        long offsetBytes = tensor.offset() * type.sizeBytes();
        long numbers = Shapes.numbers(name, tensor.shape());
        var bytes = storage(tensor.storage());
        if (isContiguous(tensor)) {
            return new StoredTensor(bytes, offsetBytes, numbers, type, order);
        }
        long span = span(name, tensor);
        if (span > limits.maxTensorWeights()) {
            throw ModelFormatException.tooLarge("tensor " + name + ": lies among " + span
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        var stored = new StoredTensor(bytes, offsetBytes, span, type, order);
        var strides = tensor.strides().stream().mapToLong(Long::longValue).toArray();
        return new StridedTensor(stored, tensor.shape(), strides);
    }

    private ByteRange storage(PyStorage storage) throws ModelFormatException {
        return archive.entry(folder + storage.key());
    }

    private void checkView(String name, PyTensor tensor) throws ModelFormatException {
        var storage = tensor.storage();
        long held = storage(storage).sizeBytes() / storage.type().sizeBytes();
        if (storage.numbers() < 0 || storage.numbers() > held) {
            throw ModelFormatException.malformed("storage " + storage.key() + ": expected " + storage.numbers()
                    + " numbers, the entry holds " + held);
        }
        long numbers = Shapes.numbers(name, tensor.shape());
        if (tensor.offset() < 0 || tensor.offset() > storage.numbers() - span(name, tensor)) {
            throw ModelFormatException.malformed("tensor " + name + ": offset " + tensor.offset() + ", sizes "
                    + tensor.sizes() + " and strides " + tensor.strides() + " reach outside of storage " + storage.key()
                    + ", which has " + storage.numbers() + " numbers");
        }
        if (numbers > storage.numbers()) {
            throw ModelFormatException.unsupported("tensor " + name + ": repeats the " + storage.numbers()
                    + " numbers of storage " + storage.key() + " to " + numbers);
        }
    }

    /** How many numbers lie from the first to the last of the tensor, 0 for an empty one; past the bounds of long it is malformed. */
    private static long span(String name, PyTensor tensor) throws ModelFormatException {
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

    private static boolean isContiguous(PyTensor tensor) {
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
