package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.QuantisedNames;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
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
    private final ViewReader views;
    private final Set<PyTensor> added = new HashSet<>();

    StorageReader(ModelBytes file, ReadLimits limits) {
        this.limits = limits;
        this.collector = new WeightCollector(file, limits);
        this.views = new ViewReader(limits);
    }

    /** Layers may take the bytes of another file too, in which numbers of this model lie. */
    void alsoFrom(ModelBytes other) {
        collector.alsoFrom(other);
    }

    void count(Found found) throws ModelFormatException {
        var tensor = found.tensor();
        long numbers = Shapes.numbers(found.name(), tensor.shape());
        if (tensor instanceof PyView view) {
            ViewReader.check(found.name(), view);
        } else if (tensor instanceof PyQuantised quantised) {
            ViewReader.check(found.name(), quantised.integers());
        } else if (tensor instanceof PySparse sparse) {
            sparse.check(found.name());
        } else if (tensor instanceof PyPieces pieces) {
            for (var piece : pieces.pieces()) {
                ViewReader.check(found.name(), piece.view());
            }
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
                collector.addByShape(name, view.shape(), view.storage().type(), views.data(name, view));
            } else if (isQuantised(name, view)) {
                var what = "its weights are quantised (" + view.storage().type() + ") and not read from PyTorch files";
                collector.addUnread(name, Shapes.numbers(name, view.shape()), what);
            }
        } else if (found.tensor() instanceof PyQuantised tensor) {
            collector.addByShape(name, tensor.shape(), ElementType.F32, dequantised(name, tensor));
        } else if (found.tensor() instanceof PyPieces tensor) {
            var type = tensor.pieces().get(0).view().storage().type();
            if (type.isFloating()) {
                collector.addByShape(name, tensor.shape(), type, AssembledTensor.of(name, tensor, views));
            }
        } else if (found.tensor() instanceof PySparse tensor) {
            collector.addByShape(
                    name, tensor.shape(), tensor.values().storage().type(), new SparseTensor(name, tensor, views));
        } else if (found.tensor() instanceof PyAbsent absent) {
            refuse(name, absent);
        }
    }

    /** Tools keep the whole numbers of packed weights, and their scales beside them, as tensors of their own. */
    private static boolean isQuantised(String name, PyView view) {
        boolean isPacked = switch (view.storage().type()) {
            case I8, U8, I16, U16, I32, U32 -> true;
            default -> false;
        };
        return isPacked && view.sizes().size() > 1 && !view.sizes().contains(0L) && QuantisedNames.areWeights(name);
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
        return new DequantisedTensor(
                views.data(name, tensor.integers()), scales, zeroPoints, Math.max(1, inner), isDouble);
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
        if (value instanceof PyView view
                && view.sizes().equals(List.of((long) channels))
                && ViewReader.isContiguous(view)) {
            ViewReader.check(name, view);
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
            ViewReader.bytes(view.storage())
                    .readInto(held, (view.storage().first() + view.offset()) * Double.BYTES, name);
            held.flip().asDoubleBuffer().get(numbers);
            return numbers;
        }
        var singles = new float[channels];
        ViewReader.stored(view.storage(), view.storage().first() + view.offset(), channels)
                .read(0, channels, singles, 0);
        for (int i = 0; i < channels; i++) {
            numbers[i] = singles[i];
        }
        return numbers;
    }

    ModelWeights weights(String format) throws ModelFormatException {
        return collector.weights(format);
    }
}
