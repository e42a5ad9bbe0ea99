package io.weighbridge.app.zoo;

import io.weighbridge.app.zoo.Node.Norm;
import io.weighbridge.app.zoo.save.SavedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A CNN: its nodes, and its weights in the names and layouts of PyTorch. Nothing in it changes. */
public final class Network {

    /** What a batch norm adds to the variance. */
    public static final double EPSILON = 1e-5;

    private final Blueprint blueprint;
    private final Map<String, SavedTensor> weights = new LinkedHashMap<>();

    /**
     * @param weights of exactly the shapes that the blueprint asks for, in any order
     */
    public Network(Blueprint blueprint, Collection<SavedTensor> weights) {
        this.blueprint = blueprint;
        var given = new LinkedHashMap<String, SavedTensor>();
        weights.forEach(tensor -> given.put(tensor.name(), tensor));
        shapes(blueprint).forEach((name, shape) -> {
            var tensor = given.remove(name);
            if (tensor == null || !Arrays.equals(tensor.shape(), shape))
                throw new IllegalArgumentException(name + ": expected shape " + Arrays.toString(shape) + ", got "
                        + (tensor == null ? "none" : Arrays.toString(tensor.shape())));
            this.weights.put(name, tensor);
        });
        if (!given.isEmpty()) throw new IllegalArgumentException("weights of no node: " + given.keySet());
    }

    /** Random kernels and matrices of He's deviation, no bias, and batch norms that do nothing. */
    public static Network untrained(Blueprint blueprint, long seed) {
        var random = new Random(seed);
        var weights = new ArrayList<SavedTensor>();
        shapes(blueprint)
                .forEach((name, shape) -> weights.add(SavedTensor.of(name, shape, initial(name, shape, random))));
        return new Network(blueprint, weights);
    }

    private static float[] initial(String name, long[] shape, Random random) {
        int size = 1;
        for (long length : shape) size *= (int) length;
        var values = new float[size];
        boolean isOne = shape.length == 1 && (name.endsWith("_norm.weight") || name.endsWith("running_var"));
        double deviation = shape.length == 1 ? 0 : Math.sqrt(2.0 * shape[0] / size);
        for (int i = 0; i < size; i++)
            values[i] = shape.length == 1 ? (isOne ? 1 : 0) : (float) (deviation * random.nextGaussian());
        return values;
    }

    /** The weights of a blueprint from its input to its head. */
    private static Map<String, long[]> shapes(Blueprint blueprint) {
        var channels = Channels.of(blueprint);
        var shapes = new LinkedHashMap<String, long[]>();
        for (var node : blueprint.layers()) {
            long inputs = (long) channels.outputCount(node.input()) * channels.positions(node);
            long outputs = channels.outputCount(node.name());
            shapes.put(node.weight(), shape(node, outputs, inputs));
            if (!node.isNormed()) shapes.put(node.bias(), new long[] {outputs});
            else for (var parameter : Norm.values()) shapes.put(node.norm(parameter), new long[] {outputs});
        }
        return shapes;
    }

    private static long[] shape(Node node, long outputs, long inputs) {
        return switch (node.kind()) {
            case CONVOLUTION -> new long[] {outputs, inputs, node.kernel(), node.kernel()};
            case DEPTHWISE -> new long[] {outputs, 1, node.kernel(), node.kernel()};
            default -> new long[] {outputs, inputs};
        };
    }

    public Blueprint blueprint() {
        return blueprint;
    }

    /** All weights from the input to the head. */
    public List<SavedTensor> tensors() {
        return List.copyOf(weights.values());
    }

    public boolean has(String name) {
        return weights.containsKey(name);
    }

    public SavedTensor tensor(String name) {
        var tensor = weights.get(name);
        if (tensor == null) throw new IllegalArgumentException("no weights " + name);
        return tensor;
    }

    public float[] values(String name) {
        return tensor(name).values();
    }

    public boolean hasNorms() {
        return blueprint.nodes().stream().anyMatch(Node::isNormed);
    }

    /** The same nodes with some of the weights replaced. */
    public Network with(Map<String, float[]> changed) {
        return new Network(
                blueprint,
                weights.values().stream()
                        .map(tensor ->
                                changed.containsKey(tensor.name()) ? tensor.with(changed.get(tensor.name())) : tensor)
                        .toList());
    }
}
