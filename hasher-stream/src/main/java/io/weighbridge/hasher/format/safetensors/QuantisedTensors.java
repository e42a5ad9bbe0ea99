package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.QuantisedNames;
import io.weighbridge.hasher.format.ScaledTensor;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Quantised weights of a file. The format has no notion of them: their scales are tensors beside them, found by the names that the tools
 * give. Weights whose scale is not found, or that share bytes, are noted as unread.
 */
final class QuantisedTensors {

    /** What is put to a tensor's name, and what to its module's, for its scale. */
    private static final List<String> OF_TENSOR = List.of("_scale", "_scale_inv", ".scale", ".SCB");

    private static final List<String> OF_MODULE = List.of(".SCB", ".scale");
    private static final List<String> ZEROS = List.of("_zero_point", ".zero_point");

    private static final String MEMBER = ".weight";
    /** In the files of bitsandbytes, w = q · SCB / 127. */
    private static final String BITSANDBYTES = ".SCB";

    private static final float BITSANDBYTES_STEPS = 127;

    private final Map<String, TensorEntry> tensors = new HashMap<>();
    private final Set<TensorEntry> helpers = new HashSet<>();
    private final ModelBytes file;
    private final long dataStart;

    QuantisedTensors(List<TensorEntry> tensors, ModelBytes file, long dataStart) {
        tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
        this.file = file;
        this.dataStart = dataStart;
        for (var tensor : tensors) {
            var packed = PackedLinear.of(tensor, this.tensors);
            if (FourBitWeight.of(tensor, this.tensors) != null) {
                helpers.addAll(FourBitWeight.of(tensor, this.tensors).helpers());
            } else if (packed != null) {
                helpers.add(packed.scales());
            } else if (isQuantised(tensor) && isScaled(tensor)) {
                helpers.add(scale(tensor));
                helpers.add(find(tensor.name(), ZEROS));
            }
        }
    }

    /** Whether a tensor holds scales or zero points of weights that are read: by its shape it could be weights itself. */
    boolean isHelper(TensorEntry tensor) {
        return helpers.contains(tensor);
    }

    /** Whether a tensor holds weights that are more than its numbers: other whole numbers are indices or masks. */
    boolean isQuantised(TensorEntry tensor) {
        if (!tensor.type().isQuantised() || tensor.shape().length < 2 || tensor.numbers() == 0) {
            return false;
        }
        boolean isFloating =
                tensor.type().type() != null && tensor.type().type().isFloating();
        return scale(tensor) != null || !isFloating && QuantisedNames.areWeights(tensor.name());
    }

    /** Adds a tensor that is quantised. */
    void add(TensorEntry tensor, WeightCollector collector) throws IOException {
        var packed = PackedLinear.of(tensor, tensors);
        if (packed != null) {
            packed.addTo(collector, file, dataStart);
            return;
        }
        var fourBit = FourBitWeight.of(tensor, tensors);
        if (fourBit != null) {
            fourBit.addTo(collector, file, dataStart);
            return;
        }
        var scale = scale(tensor);
        var zero = find(tensor.name(), ZEROS);
        var what = "its weights are quantised (" + tensor.type().name() + ")";
        if (scale == null) {
            collector.addUnread(tensor.name(), tensor.numbers(), what + ", and no scale for them was found");
            return;
        }
        if (!isScaled(tensor)) {
            collector.addUnread(
                    tensor.name(), tensor.numbers(), what + ", and how " + scale.name() + " scales them is not known");
            return;
        }
        var blocks = blocks(tensor.shape(), scale);
        var zeros = zero == null ? null : zero.data(file, dataStart);
        var full = new ScaledTensor(tensor.data(file, dataStart), tensor.shape(), blocks, numbers(scale), zeros);
        collector.addByShape(tensor.name(), tensor.shape(), charged(tensor), full);
    }

    /** Whether there is a scale, and it is known how the weights follow from it. */
    private boolean isScaled(TensorEntry tensor) {
        var scale = scale(tensor);
        var zero = find(tensor.name(), ZEROS);
        return scale != null
                && blocks(tensor.shape(), scale) != null
                && (zero == null || zero.numbers() == scale.numbers())
                && isReadable(tensor, scale, zero);
    }

    /** Bytes without a sign or a zero point, and numbers of 32 bits, are several packed together. */
    private static boolean isReadable(TensorEntry tensor, TensorEntry scale, TensorEntry zero) {
        var type = tensor.type().type();
        boolean isOne = type != null && (type.isFloating() || type == ElementType.I8 || type == ElementType.I16);
        boolean isUnsigned = type == ElementType.U8 || type == ElementType.U16;
        var scaleType = scale.type().type();
        return (isOne || isUnsigned && zero != null)
                && scaleType != null
                && scaleType.isFloating()
                && scaleType.sizeBytes() > 1
                && (zero == null
                        || zero.type().type() != null && zero.type().type().isReal());
    }

    /** The first of the names that there is; null if there is none. */
    private TensorEntry scale(TensorEntry tensor) {
        var name = tensor.name();
        var scale = find(name, OF_TENSOR);
        if (scale == null && name.endsWith(MEMBER)) {
            scale = find(name.substring(0, name.length() - MEMBER.length()), OF_MODULE);
        }
        if (scale == null && name.endsWith("._data")) {
            scale = tensors.get(name.substring(0, name.length() - "data".length()) + "scale");
        }
        return scale;
    }

    private TensorEntry find(String name, List<String> endings) {
        return endings.stream()
                .map(ending -> tensors.get(name + ending))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }

    private TensorData numbers(TensorEntry scale) {
        var stored = scale.data(file, dataStart);
        if (!scale.name().endsWith(BITSANDBYTES)) {
            return stored;
        }
        return (from, count, target, at) -> {
            stored.read(from, count, target, at);
            for (int i = at; i < at + count; i++) {
                target[i] /= BITSANDBYTES_STEPS;
            }
        };
    }

    /** One scale for all, for each output, or for each block along every axis; null if it is none of these. */
    private static long[] blocks(long[] shape, TensorEntry scale) {
        var blocks = shape.clone();
        var grid = scale.shape();
        if (scale.numbers() == 1) {
            return blocks;
        }
        if (grid.length == 1 && grid[0] == shape[0]) {
            blocks[0] = 1;
            return blocks;
        }
        if (grid.length != shape.length || Arrays.stream(grid).anyMatch(size -> size == 0)) {
            return null;
        }
        for (int axis = 0; axis < shape.length; axis++) {
            blocks[axis] = blockSize(shape[axis], grid[axis]);
        }
        return Arrays.equals(ScaledTensor.grid(shape, blocks), grid) ? blocks : null;
    }

    /** Blocks are powers of two if these give as many of them, the last one smaller. */
    private static long blockSize(long size, long blocks) {
        long least = (size - 1) / blocks + 1;
        long power = least == 1 ? 1 : Long.highestOneBit(least - 1) << 1;
        return blocks > 1 && (size - 1) / power + 1 == blocks ? power : least;
    }

    private static ElementType charged(TensorEntry tensor) {
        return tensor.type().bits() == Byte.SIZE ? ElementType.F8_E4M3 : ElementType.F16;
    }
}
