package io.weighbridge.app.zoo;

import io.weighbridge.app.zoo.Node.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The nodes of a network without their weights, each after its inputs; the last one is the head. The picture is called {@link #PICTURE}.
 */
public record Blueprint(List<Node> nodes) {

    public static final String PICTURE = "picture";

    public Blueprint {
        nodes = List.copyOf(nodes);
    }

    public Node node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    public Node head() {
        return nodes.get(nodes.size() - 1);
    }

    public int classCount() {
        return head().outputs();
    }

    /** The nodes that have weights, in order. */
    public List<Node> layers() {
        return nodes.stream().filter(Node::isWeighted).toList();
    }

    /** The same network with other nodes in place of each. */
    public Blueprint map(UnaryOperator<Node> change) {
        return new Blueprint(nodes.stream().map(change).toList());
    }

    public Blueprint withClasses(int classCount) {
        return map(node -> node == head() ? node.withOutputs(classCount) : node);
    }

    /** With a node behind another one, in front of all that followed it. */
    public Blueprint insert(Node inserted) {
        var changed = new ArrayList<Node>();
        for (var node : nodes) {
            changed.add(renameInput(node, inserted.input(), inserted.name()));
            if (node.name().equals(inserted.input())) changed.add(inserted);
        }
        return new Blueprint(changed);
    }

    /** Without a node of one input, which takes its place. */
    public Blueprint bypass(Node removed) {
        return new Blueprint(nodes.stream()
                .filter(node -> !node.equals(removed))
                .map(node -> renameInput(node, removed.name(), removed.input()))
                .toList());
    }

    private static Node renameInput(Node node, String from, String to) {
        return node.withInputs(node.inputs().stream()
                .map(input -> input.equals(from) ? to : input)
                .toList());
    }

    /** Puts a network together, each node behind the one before it unless told otherwise. */
    static final class Builder {

        private final List<Node> nodes = new ArrayList<>();
        private String last = PICTURE;
        private int layers;

        /** The name of the node that was added last. */
        String last() {
            return last;
        }

        Builder after(String name) {
            last = name;
            return this;
        }

        Builder convolution(int kernel, int channels, boolean isNormed) {
            return layer(Kind.CONVOLUTION, kernel, channels, isNormed, true);
        }

        /** With a batch norm and without ReLU, as before an addition. */
        Builder linear(int kernel, int channels) {
            return layer(Kind.CONVOLUTION, kernel, channels, true, false);
        }

        Builder depthwise() {
            return layer(Kind.DEPTHWISE, 3, 0, true, true);
        }

        Builder dense(int width) {
            return layer(Kind.DENSE, 1, width, false, true);
        }

        Builder maximum() {
            return combine(Kind.MAXIMUM, false, last);
        }

        Builder average() {
            return combine(Kind.AVERAGE, false, last);
        }

        Builder add(String... inputs) {
            return combine(Kind.ADD, true, inputs);
        }

        Builder concatenate(String... inputs) {
            return combine(Kind.CONCATENATE, false, inputs);
        }

        Blueprint head(int classCount) {
            layer(Kind.HEAD, 1, classCount, false, false);
            return new Blueprint(nodes);
        }

        private Builder layer(Kind kind, int kernel, int channels, boolean isNormed, boolean isRectified) {
            return add(new Node("layer" + ++layers, kind, List.of(last), kernel, channels, isNormed, isRectified));
        }

        private Builder combine(Kind kind, boolean isRectified, String... inputs) {
            var name = kind.name().toLowerCase(Locale.ROOT) + nodes.size();
            return add(new Node(name, kind, List.of(inputs), 1, 0, false, isRectified));
        }

        private Builder add(Node node) {
            nodes.add(node);
            last = node.name();
            return this;
        }
    }
}
