package io.weighbridge.app.zoo.change;

import io.weighbridge.app.zoo.Blueprint;
import io.weighbridge.app.zoo.Channels;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Node;
import io.weighbridge.app.zoo.save.SavedTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** Puts networks together from layers of others and fresh ones; all of these have to be trained on. */
public final class Surgery {

    private Surgery() {}

    /** The body under a fresh head for another number of classes. */
    public static Network withNewHead(Network network, int classCount, long seed) {
        var blueprint = network.blueprint().withClasses(classCount);
        return transplant(network, Network.untrained(blueprint, seed), bodyOf(blueprint.layers(), 1));
    }

    /** The first half of the layers, below fresh ones for another number of classes. */
    public static Network firstHalf(Network network, int classCount, long seed) {
        var blueprint = network.blueprint().withClasses(classCount);
        var layers = blueprint.layers();
        return transplant(
                network, Network.untrained(blueprint, seed), bodyOf(layers, layers.size() - layers.size() / 2));
    }

    /** With one more layer in the middle, as wide as its input: at first little more than noise around "do nothing". */
    public static Network layerInserted(Network network, long seed) {
        var layers = network.blueprint().layers();
        var before = network.blueprint().layers().stream()
                .skip(layers.size() / 2 - 1L)
                .filter(node -> node.makesChannels() && node.isRectified())
                .findFirst()
                .orElseThrow();
        int width = before.outputs();
        var kind = before.isDense() ? Node.Kind.DENSE : Node.Kind.CONVOLUTION;
        var inserted = new Node(
                before.name() + "b",
                kind,
                List.of(before.name()),
                before.isDense() || before.kernel() == 1 ? 1 : 3,
                width,
                before.isNormed(),
                true);
        var larger = Network.untrained(network.blueprint().insert(inserted), seed);
        var all = transplant(network, larger, network.blueprint().layers());
        return nearIdentity(all, inserted);
    }

    private static Network nearIdentity(Network network, Node inserted) {
        var weight = network.tensor(inserted.weight());
        var values = weight.values();
        int width = inserted.outputs();
        int positions = values.length / width / width;
        for (int i = 0; i < values.length; i++) values[i] /= 2;
        for (int i = 0; i < width; i++) values[(i * width + i) * positions + positions / 2] += 1;
        var changed = new HashMap<String, float[]>();
        changed.put(inserted.weight(), values);
        return network.with(changed);
    }

    /** Without a layer near the middle that is as wide as its input; a depthwise layer before it goes with it. */
    public static Network layerRemoved(Network network) {
        var blueprint = network.blueprint();
        var removed = removable(blueprint);
        var smaller = blueprint.bypass(removed);
        if (!removed.input().equals(Blueprint.PICTURE)
                && blueprint.node(removed.input()).kind() == Node.Kind.DEPTHWISE)
            smaller = smaller.bypass(smaller.node(removed.input()));
        return transplant(network, Network.untrained(smaller, 0), smaller.layers());
    }

    private static Node removable(Blueprint blueprint) {
        var channels = Channels.of(blueprint);
        var layers = blueprint.layers();
        Node best = null;
        for (int i = 0; i < layers.size(); i++) {
            var node = layers.get(i);
            boolean isRemovable = node.makesChannels()
                    && node.kind() != Node.Kind.HEAD
                    && channels.positions(node) == 1
                    && channels.outputCount(node.input()) == node.outputs();
            if (isRemovable
                    && (best == null
                            || Math.abs(2 * i - layers.size()) < Math.abs(2 * layers.indexOf(best) - layers.size())))
                best = node;
        }
        if (best == null) throw new IllegalArgumentException("no layer is as wide as its input");
        return best;
    }

    private static List<Node> bodyOf(List<Node> layers, int withoutLast) {
        return layers.subList(0, layers.size() - withoutLast);
    }

    /** Gives a network the weights of the same layers of another one. */
    private static Network transplant(Network from, Network to, List<Node> layers) {
        var names = new HashSet<String>();
        layers.forEach(node -> names.add(node.name()));
        var tensors = new ArrayList<SavedTensor>();
        for (var tensor : to.tensors()) {
            var layer = tensor.name().replaceAll("(_norm)?\\.\\w+$", "");
            tensors.add(names.contains(layer) ? from.tensor(tensor.name()) : tensor);
        }
        return new Network(to.blueprint(), tensors);
    }
}
