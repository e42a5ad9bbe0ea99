package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ChannelsLast;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Finds the weights of graphs by the operations that use them, each once, and undoes their layout. */
final class GraphLayout {

    /** Bodies of functions are walked at each call, and calls may double at each level. */
    private static final int MAX_STEPS = 1 << 20;

    private static final int MAX_CALLS = 32;
    private static final int MAX_RANK = 5;

    private final WeightCollector collector;
    private final ChannelsLast weights;
    private final Map<String, GraphFunction> functions;
    private final Set<GraphTensor> added = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<GraphTensor> unread = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<GraphFunction> walked = Collections.newSetFromMap(new IdentityHashMap<>());
    private long steps;
    private int calls;

    GraphLayout(WeightCollector collector, Map<String, GraphFunction> functions) {
        this.collector = collector;
        this.weights = new ChannelsLast(collector);
        this.functions = functions;
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    /** Adds the weights of a graph and of the functions that it calls. */
    void add(GraphFunction graph) throws IOException {
        walk(graph, new GraphScope(graph, Map.of()));
    }

    /** Adds the weights of functions that no graph calls. */
    void addUncalled() throws IOException {
        for (var function : functions.values()) {
            if (!walked.contains(function)) {
                add(function);
            }
        }
    }

    /** For graphs whose operations are all unknown: every constant by its shape. */
    void addAllByShape(GraphFunction graph) throws IOException {
        for (var node : graph.nodes()) {
            if (node.isConstant() && node.value().type().isFloating()) {
                var weight = GraphWeight.of(node);
                add(weight, weight.shape().length == 2 ? WeightUse.MATRIX : WeightUse.KERNEL);
            }
        }
    }

    private void walk(GraphFunction graph, GraphScope scope) throws IOException {
        walked.add(graph);
        steps += graph.nodes().size();
        if (steps > MAX_STEPS) {
            throw ModelFormatException.tooLarge(
                    "graph: more than " + MAX_STEPS + " nodes, counting those of functions at each call");
        }
        var image = new FlattenedImage(scope);
        var computed = new ComputedWeights(scope);
        for (var node : graph.nodes()) {
            var use = WeightUse.of(node);
            if (use == WeightUse.MATRIX) {
                addMatrices(node, scope, image);
                noteComputed(node, 0, scope, computed, false);
                noteComputed(node, 1, scope, computed, false);
            } else if (use != null) {
                add(scope.weight(node.input(1)), use);
                noteComputed(node, 1, scope, computed, true);
            } else if (isQuantised(node)) {
                noteQuantised(node, scope);
            } else {
                callAll(node, scope);
            }
        }
    }

    /** Layers that compute with the whole numbers themselves: QuantizedConv2D, _QuantizedMatMul and others. */
    private static boolean isQuantised(GraphNode node) {
        return node.operator().startsWith("Quantized") || node.operator().startsWith("_Quantized");
    }

    private void noteQuantised(GraphNode layer, GraphScope scope) throws IOException {
        for (var input : layer.inputs()) {
            var weight = scope.weight(input);
            if (weight != null && weight.shape().length > 1 && weight.numbers() > 0 && added.add(weight.tensor())) {
                collector.addUnread(
                        weight.name(),
                        weight.numbers(),
                        "weights of " + layer.operator() + " " + layer.name() + " are not read");
            }
        }
    }

    private void noteComputed(GraphNode layer, int input, GraphScope scope, ComputedWeights computed, boolean mayMix)
            throws IOException {
        var name = layer.input(input);
        if (name == null || scope.weight(name) != null) {
            return;
        }
        for (var constant : computed.behind(name, mayMix)) {
            if (unread.add(constant.value())) {
                collector.addUnread(
                        constant.name(),
                        constant.value().numbers(constant.name()),
                        "weights that operations compute before " + layer.operator() + " " + layer.name()
                                + " uses them are not read");
            }
        }
    }

    private void callAll(GraphNode node, GraphScope scope) throws IOException {
        var called = new HashSet<>(node.functions());
        called.add(node.operator());
        for (var name : called.stream().sorted().toList()) {
            var function = functions.get(name);
            if (function != null) {
                call(function, node, scope);
            }
        }
    }

    private void call(GraphFunction function, GraphNode node, GraphScope scope) throws IOException {
        if (++calls > MAX_CALLS) {
            throw ModelFormatException.unsupported("graph: functions call each other more than " + MAX_CALLS + " deep");
        }
        var arguments = new HashMap<String, GraphWeight>();
        var given = node.arguments();
        for (int i = 0; i < Math.min(given.size(), function.arguments().size()); i++) {
            var weight = scope.weight(given.get(i));
            if (weight != null) {
                arguments.put(function.arguments().get(i), weight);
            }
        }
        walk(function, new GraphScope(function, arguments));
        calls--;
    }

    /** A matrix may stand on either side; on the left it is [outputs, inputs]. */
    private void addMatrices(GraphNode node, GraphScope scope, FlattenedImage image) throws IOException {
        boolean isRightTurned =
                node.flags().contains("transpose_b") || node.flags().contains("adj_y");
        boolean isLeftTurned =
                node.flags().contains("transpose_a") || node.flags().contains("adj_x");
        addMatrix(scope.weight(node.input(1)), !isRightTurned, image.channels(node.input(0)));
        addMatrix(scope.weight(node.input(0)), isLeftTurned, 0);
    }

    private void addMatrix(GraphWeight weight, boolean isInputsFirst, long channels) throws IOException {
        if (isLayer(weight, 2, 2)) {
            if (isInputsFirst) {
                weights.addDense(weight.name(), weight.shape(), weight.type(), weight.data(), channels);
            } else {
                weights.addTurnedDense(weight.name(), weight.shape(), weight.type(), weight.data(), channels);
            }
        }
    }

    private void add(GraphWeight weight, WeightUse use) throws IOException {
        if (use == WeightUse.MATRIX) {
            addMatrix(weight, true, 0);
        } else if (isLayer(weight, 3, MAX_RANK)) {
            if (use == WeightUse.DEPTHWISE) {
                weights.addDepthwise(weight.name(), weight.shape(), weight.type(), weight.data());
            } else {
                weights.addKernel(weight.name(), weight.shape(), weight.type(), weight.data());
            }
        }
    }

    /** Whether it is a layer that was not added before; one in numbers that are not read is noted. */
    private boolean isLayer(GraphWeight weight, int minRank, int maxRank) throws IOException {
        if (weight == null
                || weight.shape().length < minRank
                || weight.shape().length > maxRank
                || weight.numbers() == 0
                || !added.add(weight.tensor())) {
            return false;
        }
        if (!weight.type().isFloating()) {
            collector.addUnread(
                    weight.name(),
                    weight.numbers(),
                    "quantised weights of a TensorFlow graph (type number "
                            + weight.tensor().dataType() + ") are not read");
            return false;
        }
        return true;
    }
}
