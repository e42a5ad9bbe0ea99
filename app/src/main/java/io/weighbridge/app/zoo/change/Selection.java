package io.weighbridge.app.zoo.change;

import io.weighbridge.app.zoo.Blueprint;
import io.weighbridge.app.zoo.Channels;
import io.weighbridge.app.zoo.Channels.Segment;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Node;
import io.weighbridge.app.zoo.Node.Norm;
import io.weighbridge.app.zoo.save.SavedTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Puts other channels in the place of those of each order group: all of them in another order, some, or some twice. */
public final class Selection {

    private final Network network;
    private final Channels channels;
    private final Map<Integer, int[]> picked = new HashMap<>();

    private Selection(Network network) {
        this.network = network;
        this.channels = Channels.of(network.blueprint());
    }

    /** All hidden channels in random order; the network computes the same function. */
    public static Network permuted(Network network, long seed) {
        var random = new Random(seed);
        var selection = new Selection(network);
        selection.groups().forEach((group, size) -> selection.picked.put(group, randomOrder(size, random)));
        return selection.apply();
    }

    /** Without the given share of the channels of every group: those of the smallest weights. */
    public static Network removed(Network network, double share) {
        var selection = new Selection(network);
        selection
                .groups()
                .forEach((group, size) -> selection.picked.put(
                        group, largest(selection.sizes(group, size), size - (int) Math.round(share * size))));
        return selection.apply();
    }

    /**
     * With more channels, at the end of every group, which no later layer listens to; the network computes the same function. Their
     * weights are those of other channels with every single one made smaller or larger at random.
     */
    public static Network withDummies(Network network, double share, long seed) {
        var random = new Random(seed);
        var selection = new Selection(network);
        selection.groups().forEach((group, size) -> {
            int more = Math.max(1, (int) Math.round(share * size));
            selection.picked.put(
                    group,
                    IntStream.concat(IntStream.range(0, size), random.ints(more, 0, size))
                            .toArray());
        });
        return selection.disarmed(selection.apply(), random);
    }

    /** The hidden order groups and how many channels they have. */
    private Map<Integer, Integer> groups() {
        var groups = new TreeMap<Integer, Integer>();
        for (var node : network.blueprint().nodes())
            for (var segment : channels.outputs(node.name()))
                if (segment.order() != Channels.FIXED) groups.put(segment.order(), segment.channels());
        return groups;
    }

    private Network apply() {
        var tensors = new ArrayList<SavedTensor>();
        for (var node : network.blueprint().layers()) {
            int[] outputs = indexes(channels.outputs(node.name()), 1);
            tensors.add(inputsPicked(node, Axis.pick(network.tensor(node.weight()), 0, outputs)));
            if (!node.isNormed()) tensors.add(Axis.pick(network.tensor(node.bias()), 0, outputs));
            else for (var norm : Norm.values()) tensors.add(Axis.pick(network.tensor(node.norm(norm)), 0, outputs));
        }
        return new Network(resized(network.blueprint()), tensors);
    }

    private SavedTensor inputsPicked(Node node, SavedTensor weight) {
        if (node.kind() == Node.Kind.DEPTHWISE) return weight;
        return Axis.pick(weight, 1, indexes(channels.inputs(node), channels.positions(node)));
    }

    private Blueprint resized(Blueprint blueprint) {
        return blueprint.map(node ->
                node.makesChannels() ? node.withOutputs(indexes(channels.outputs(node.name()), 1).length) : node);
    }

    /** Old places of what is picked, side by side for several segments, and of each position of a channel. */
    private int[] indexes(List<Segment> segments, int positions) {
        var indexes = IntStream.builder();
        int start = 0;
        for (var segment : segments) {
            int[] all = IntStream.range(0, segment.channels()).toArray();
            for (int channel : picked.getOrDefault(segment.order(), all))
                for (int position = 0; position < positions; position++)
                    indexes.add((start + channel) * positions + position);
            start += segment.channels();
        }
        return indexes.build().toArray();
    }

    /** Gives the added channels weights of their own, and takes them out of all later layers. */
    private Network disarmed(Network larger, Random random) {
        var changed = new HashMap<String, float[]>();
        for (var node : larger.blueprint().layers()) {
            var weight = larger.tensor(node.weight());
            boolean[] isAdded = added(channels.outputs(node.name()), 1);
            boolean[] isAddedInput = node.kind() == Node.Kind.DEPTHWISE
                    ? new boolean[1]
                    : added(channels.inputs(node), channels.positions(node));
            var values = weight.values();
            int inner = values.length / isAdded.length / isAddedInput.length;
            for (int i = 0; i < values.length; i++) {
                if (isAdded[i / inner / isAddedInput.length]) values[i] *= (float) random.nextGaussian();
                if (isAddedInput[i / inner % isAddedInput.length]) values[i] = 0;
            }
            changed.put(node.weight(), values);
        }
        return larger.with(changed);
    }

    private boolean[] added(List<Segment> segments, int positions) {
        var places = new ArrayList<Boolean>();
        for (var segment : segments) {
            int now = picked.containsKey(segment.order()) ? picked.get(segment.order()).length : segment.channels();
            for (int i = 0; i < now * positions; i++) places.add(i >= segment.channels() * positions);
        }
        var added = new boolean[places.size()];
        for (int i = 0; i < added.length; i++) added[i] = places.get(i);
        return added;
    }

    /** Sums of the absolute weights that make each channel of a group. */
    private double[] sizes(int group, int count) {
        var sizes = new double[count];
        for (var node : network.blueprint().layers()) {
            int start = 0;
            for (var segment : channels.outputs(node.name())) {
                if (segment.order() == group) addSizes(node, start, sizes);
                start += segment.channels();
            }
        }
        return sizes;
    }

    private void addSizes(Node node, int start, double[] sizes) {
        var weight = network.tensor(node.weight());
        int row = weight.size() / (int) weight.shape()[0];
        for (int i = 0; i < sizes.length * row; i++)
            sizes[i / row] += Math.abs(weight.value(start * row + i)) * factor(node, start + i / row);
    }

    /** What the batch norm multiplies a channel by. */
    private double factor(Node node, int channel) {
        if (!node.isNormed()) return 1;
        double variance = network.tensor(node.norm(Norm.VARIANCE)).value(channel) + Network.EPSILON;
        return Math.abs(network.tensor(node.norm(Norm.SCALE)).value(channel)) / Math.sqrt(variance);
    }

    private static int[] largest(double[] sizes, int count) {
        return IntStream.range(0, sizes.length)
                .boxed()
                .sorted((a, b) -> Double.compare(sizes[b], sizes[a]))
                .limit(count)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int[] randomOrder(int count, Random random) {
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
