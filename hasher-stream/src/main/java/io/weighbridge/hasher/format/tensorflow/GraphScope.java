package io.weighbridge.hasher.format.tensorflow;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What names stand for in one graph, or in one call of a function. Nodes may come in any order. */
final class GraphScope {

    /** Operations that are passed through on the way to a constant. */
    private static final int MAX_STEPS = 32;

    /** Those that give what they get. */
    private static final Set<String> PASSING = Set.of(
            "Identity",
            "ReadVariableOp",
            "StopGradient",
            "PreventGradient",
            "Snapshot",
            "Enter",
            "CheckNumerics",
            "EnsureShape",
            "Cast",
            "PlaceholderWithDefault",
            "Dequantize",
            "FakeQuantWithMinMaxArgs",
            "FakeQuantWithMinMaxVars",
            "FakeQuantWithMinMaxVarsPerChannel");

    private final Map<String, GraphNode> nodes = new HashMap<>();
    private final Map<String, GraphWeight> arguments;

    /** @param arguments the constants that a function was called with, by their names in it */
    GraphScope(GraphFunction function, Map<String, GraphWeight> arguments) {
        this.arguments = arguments;
        function.nodes().forEach(node -> nodes.putIfAbsent(node.name(), node));
    }

    static boolean isPassing(GraphNode node) {
        return PASSING.contains(node.operator());
    }

    /** The node that an input comes from; null if it is none of this graph. */
    GraphNode node(String input) {
        return input == null ? null : nodes.get(nodeName(input));
    }

    /** The constant that an input is; null if it is computed. */
    GraphWeight weight(String input) throws IOException {
        return weight(input, 0);
    }

    private GraphWeight weight(String input, int steps) throws IOException {
        if (input == null || steps == MAX_STEPS) {
            return null;
        }
        var node = node(input);
        if (node == null) {
            return arguments.get(nodeName(input));
        }
        if (node.isConstant()) {
            return GraphWeight.of(node);
        }
        if (isPassing(node)) {
            return weight(node.input(0), steps + 1);
        }
        return switch (node.operator()) {
            case "Reshape", "ExpandDims", "Squeeze", "Transpose" -> changed(node, steps);
            default -> null;
        };
    }

    private GraphWeight changed(GraphNode node, int steps) throws IOException {
        var weight = weight(node.input(0), steps + 1);
        if (weight == null || node.operator().equals("Squeeze")) {
            return weight == null ? null : weight.squeezed();
        }
        var how = weight(node.input(1), MAX_STEPS - 2);
        if (how == null) {
            return null;
        }
        return switch (node.operator()) {
            case "Reshape" -> weight.reshaped(how);
            case "ExpandDims" -> weight.expanded(how);
            default -> weight.transposed(how);
        };
    }

    /** Inputs are {@code node}, {@code node:1} or, in functions, {@code node:output:1}. */
    private static String nodeName(String input) {
        int colon = input.indexOf(':');
        return colon < 0 ? input : input.substring(0, colon);
    }
}
