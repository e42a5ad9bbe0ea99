package io.weighbridge.app.zoo;

import io.weighbridge.app.zoo.Node.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which channels of a network belong together. Channels of one <em>order group</em> are reordered, removed or doubled together; those of
 * one <em>scale group</em> can be multiplied by a factor that later layers take back. A depthwise layer hands the order of its input on, but
 * may have another scale; an addition ties the groups of its inputs, a concatenation puts them side by side. Relies on: all between two
 * weighted layers is positively homogeneous.
 */
public final class Channels {

    /** The colours of the picture and the classes of the head, which stay as they are. */
    public static final int FIXED = 0;

    /** Neighbouring channels of one group. */
    public record Segment(int order, int scale, int channels) {}

    private final Map<String, List<Segment>> segments = new HashMap<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Integer> tied = new ArrayList<>(List.of(FIXED));

    private Channels() {}

    public static Channels of(Blueprint blueprint) {
        var channels = new Channels();
        channels.segments.put(Blueprint.PICTURE, List.of(new Segment(FIXED, FIXED, ImageTask.COLOURS)));
        channels.positions.put(Blueprint.PICTURE, ImageTask.SIDE * ImageTask.SIDE);
        blueprint.nodes().forEach(channels::add);
        return channels;
    }

    /** The channels that come out of a node. */
    public List<Segment> outputs(String node) {
        return segments.get(node).stream()
                .map(segment -> new Segment(root(segment.order), root(segment.scale), segment.channels))
                .toList();
    }

    /** The channels that go into a node of one input. */
    public List<Segment> inputs(Node node) {
        return outputs(node.input());
    }

    public int outputCount(String node) {
        return segments.get(node).stream().mapToInt(Segment::channels).sum();
    }

    /** How many neighbouring inputs of a node are one channel: 1 unless it flattens. */
    public int positions(Node node) {
        return node.isDense() ? positions.get(node.input()) : 1;
    }

    private void add(Node node) {
        segments.put(node.name(), segmentsOf(node));
        int before = positions.get(node.input());
        boolean isFlat = node.isDense() || node.kind() == Kind.AVERAGE;
        positions.put(node.name(), isFlat ? 1 : node.kind() == Kind.MAXIMUM ? before / 4 : before);
    }

    private List<Segment> segmentsOf(Node node) {
        return switch (node.kind()) {
            case CONVOLUTION, DENSE -> List.of(new Segment(group(), group(), node.outputs()));
            case HEAD -> List.of(new Segment(FIXED, FIXED, node.outputs()));
            case DEPTHWISE ->
                segments.get(node.input()).stream()
                        .map(segment -> new Segment(segment.order, group(), segment.channels))
                        .toList();
            case MAXIMUM, AVERAGE -> segments.get(node.input());
            case ADD -> added(node);
            case CONCATENATE ->
                node.inputs().stream()
                        .flatMap(input -> segments.get(input).stream())
                        .toList();
        };
    }

    private List<Segment> added(Node node) {
        var first = segments.get(node.input());
        for (var input : node.inputs()) {
            var other = segments.get(input);
            for (int i = 0; i < first.size(); i++) {
                if (first.get(i).channels != other.get(i).channels)
                    throw new IllegalArgumentException(
                            node.name() + ": expected equal channels, got " + first + " and " + other);
                tie(first.get(i).order, other.get(i).order);
                tie(first.get(i).scale, other.get(i).scale);
            }
        }
        return first;
    }

    private int group() {
        tied.add(tied.size());
        return tied.size() - 1;
    }

    private void tie(int a, int b) {
        tied.set(Math.max(root(a), root(b)), Math.min(root(a), root(b)));
    }

    private int root(int group) {
        int root = group;
        while (tied.get(root) != root) root = tied.get(root);
        return root;
    }
}
