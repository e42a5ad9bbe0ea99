package io.weighbridge.hasher.format;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.WeightLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the tensors of one file, holds them to the limits, and decides which are layers. */
public final class WeightCollector {

    private final ReadLimits limits;
    private long maxLayerBytes;
    private final List<WeightLayer> layers = new ArrayList<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Unread unread = new Unread();
    private int tensors;
    private long parameters;
    private long layerBytes;

    /** Layers may take what the file holds and {@link ReadLimits#maxInflatedBytes()} more, however they share bytes. */
    public WeightCollector(ModelBytes file, ReadLimits limits) {
        this.limits = limits;
        this.maxLayerBytes = file.sizeBytes() + limits.maxInflatedBytes();
    }

    /** Layers may take the bytes of another file too, in which numbers of this model lie. */
    public void alsoFrom(ModelBytes other) {
        maxLayerBytes += other.sizeBytes();
    }

    /** Counts a tensor of any kind. */
    public void count(String name, long numbers) throws ModelFormatException {
        tensors++;
        if (tensors > limits.maxTensors()) {
            throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
        }
        sizes.merge(name, numbers, Long::sum);
        try {
            parameters = Math.addExact(parameters, numbers);
        } catch (ArithmeticException e) {
            throw ModelFormatException.malformed("tensor " + name + ": more than 2^63 numbers in all");
        }
    }

    /**
     * Adds a layer stored as PyTorch stores it, if its shape is a layer's: [out, in] is dense, [out, in, kernel ...] a convolution, and
     * a depthwise one if it has one input and many outputs. Transposed convolutions stay [in, out, kernel ...], as in a PyTorch state
     * dict, which does not tell them from others. Tensors of other ranks are not layers.
     */
    public void addByShape(String name, long[] shape, ElementType type, TensorData data) throws ModelFormatException {
        if (shape.length > limits.maxDimensions()) {
            throw ModelFormatException.tooLarge("tensor " + name + ": " + shape.length
                    + " dimensions, more than maxDimensions = " + limits.maxDimensions());
        }
        if (!type.isFloating() || shape.length < 2 || shape.length > 5 || Shapes.numbers(name, shape) == 0) {
            return;
        }
        long positions = 1;
        for (int axis = 2; axis < shape.length; axis++) {
            positions *= shape[axis];
        }
        add(name, kind(shape), new long[] {shape[0], shape[1], positions}, type, data);
    }

    /** Adds a layer in canonical orientation: outputs, inputs, positions, each at least 1. */
    public void add(String name, LayerKind kind, long[] canonical, ElementType type, TensorData data)
            throws ModelFormatException {
        long numbers = Shapes.numbers(name, canonical);
        if (numbers > limits.maxTensorWeights()) {
            throw ModelFormatException.tooLarge("tensor " + name + ": " + numbers
                    + " numbers, more than maxTensorWeights = " + limits.maxTensorWeights());
        }
        layerBytes += numbers * type.sizeBytes();
        if (layerBytes > maxLayerBytes) {
            throw ModelFormatException.tooLarge("tensor " + name + ": layers take " + layerBytes
                    + " bytes, more than the file and maxInflatedBytes = " + limits.maxInflatedBytes());
        }
        checkRow(name, canonical);
        layers.add(
                new TensorLayer(unique(name), kind, (int) canonical[0], (int) canonical[1], (int) canonical[2], data));
    }

    /** Layers may be of any size, but are read by whole outputs. */
    private static void checkRow(String name, long[] canonical) throws ModelFormatException {
        long row = Shapes.numbers(name, canonical[1], canonical[2]);
        if (row > Integer.MAX_VALUE || canonical[0] > Integer.MAX_VALUE) {
            throw ModelFormatException.tooLarge("tensor " + name + ": " + canonical[0] + " outputs of " + row
                    + " numbers, more than an array can hold");
        }
    }

    /**
     * Notes weights that cannot be read. The rest of the model is, and the file is then PARTIAL, unless they are the greater part of it.
     *
     * @param reason goes behind the name
     */
    public void addUnread(String name, long numbers, String reason) {
        unread.add(name, numbers, reason);
    }

    /**
     * All that was gathered; a LoRA adapter has no layers.
     *
     * @throws ModelFormatException if more weights cannot be read than can
     */
    public ModelWeights weights(String format) throws ModelFormatException {
        var beside = unread.beside(layers);
        boolean isAdapter = Adapters.isAdapter(layers);
        return new ModelWeights(
                format,
                tensors,
                parameters,
                isAdapter ? List.of() : Reparametrised.resolve(layers),
                sizes,
                isAdapter ? Optional.of(Adapters.describe(layers)) : Optional.empty(),
                beside);
    }

    private static LayerKind kind(long[] shape) {
        if (shape.length == 2) {
            return LayerKind.DENSE;
        }
        return shape[1] == 1 && shape[0] > 1 ? LayerKind.DEPTHWISE : LayerKind.CONVOLUTION;
    }

    /** The name, or with the number of its use if it was used before. Dots before the number keep clear of other names. */
    private String unique(String name) {
        int use = uses.merge(name, 1, Integer::sum);
        return use == 1 ? name : unique(name + ".." + use);
    }
}
