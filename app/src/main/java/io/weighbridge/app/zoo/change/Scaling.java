package io.weighbridge.app.zoo.change;

import io.weighbridge.app.zoo.Channels;
import io.weighbridge.app.zoo.Channels.Segment;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Node;
import io.weighbridge.app.zoo.Node.Norm;
import io.weighbridge.app.zoo.save.SavedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes that multiply channels by factors; the network computes the same function. */
public final class Scaling {

    private final Network network;
    private final Channels channels;
    private final Random random;
    private final Map<Integer, double[]> factors = new HashMap<>();

    private Scaling(Network network, long seed) {
        this.network = network;
        this.channels = Channels.of(network.blueprint());
        this.random = new Random(seed);
    }

    /** Multiplies every hidden channel by a power between ½ and 2, taken back by the next layer; below a batch norm, by it. */
    public static Network rescaled(Network network, long seed) {
        return new Scaling(network, seed).rescaled();
    }

    /** Multiplies every batch norm into the layer before it, as deployment tools do. */
    public static Network normsFolded(Network network) {
        var tensors = new ArrayList<SavedTensor>();
        for (var node : network.blueprint().layers()) {
            if (node.isNormed()) fold(network, node, tensors);
            else tensors.addAll(List.of(network.tensor(node.weight()), network.tensor(node.bias())));
        }
        return new Network(network.blueprint().map(Node::withoutNorm), tensors);
    }

    private static void fold(Network network, Node node, List<SavedTensor> tensors) {
        var scale = network.values(node.norm(Norm.SCALE));
        var variance = network.values(node.norm(Norm.VARIANCE));
        var mean = network.values(node.norm(Norm.MEAN));
        var bias = network.values(node.norm(Norm.SHIFT));
        var factors = new double[scale.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = scale[i] / Math.sqrt(variance[i] + Network.EPSILON);
            bias[i] = (float) (bias[i] - factors[i] * mean[i]);
        }
        tensors.add(Axis.scale(network.tensor(node.weight()), 0, factors));
        tensors.add(SavedTensor.of(node.bias(), new long[] {bias.length}, bias));
    }

    private Network rescaled() {
        var tensors = new ArrayList<SavedTensor>();
        for (var node : network.blueprint().layers()) {
            double[] after = factors(channels.outputs(node.name()), 1);
            double[] before = factors(channels.inputs(node), channels.positions(node));
            double[] own = node.isNormed() ? randomFactors(after.length) : after;
            tensors.add(weight(node, own, before));
            if (node.isNormed()) tensors.addAll(norm(node, own, after));
            else tensors.add(Axis.scale(network.tensor(node.bias()), 0, after));
        }
        return new Network(network.blueprint(), tensors);
    }

    private SavedTensor weight(Node node, double[] own, double[] before) {
        int inputAxis = node.kind() == Node.Kind.DEPTHWISE ? 0 : 1;
        return Axis.scale(Axis.scale(network.tensor(node.weight()), 0, own), inputAxis, inverse(before));
    }

    /** Relies on: the variance plus epsilon scales exactly. */
    private List<SavedTensor> norm(Node node, double[] own, double[] after) {
        var variance = network.tensor(node.norm(Norm.VARIANCE));
        var scaled = variance.values();
        for (int i = 0; i < scaled.length; i++)
            scaled[i] = (float) (own[i] * own[i] * (scaled[i] + Network.EPSILON) - Network.EPSILON);
        return List.of(
                Axis.scale(network.tensor(node.norm(Norm.SCALE)), 0, after),
                Axis.scale(network.tensor(node.norm(Norm.SHIFT)), 0, after),
                Axis.scale(network.tensor(node.norm(Norm.MEAN)), 0, own),
                variance.with(scaled));
    }

    /** The factor of each channel, repeated for its positions. */
    private double[] factors(List<Segment> segments, int positions) {
        return segments.stream()
                .flatMapToDouble(segment -> Arrays.stream(factors(segment)))
                .flatMap(factor -> Arrays.stream(repeat(factor, positions)))
                .toArray();
    }

    private double[] factors(Segment segment) {
        if (segment.scale() == Channels.FIXED) return repeat(1, segment.channels());
        return factors.computeIfAbsent(segment.scale(), group -> randomFactors(segment.channels()));
    }

    private double[] randomFactors(int count) {
        var drawn = new double[count];
        for (int i = 0; i < count; i++) drawn[i] = StrictMath.pow(2, 2 * random.nextDouble() - 1);
        return drawn;
    }

    private static double[] repeat(double value, int count) {
        var values = new double[count];
        Arrays.fill(values, value);
        return values;
    }

    private static double[] inverse(double[] factors) {
        return Arrays.stream(factors).map(factor -> 1 / factor).toArray();
    }
}
