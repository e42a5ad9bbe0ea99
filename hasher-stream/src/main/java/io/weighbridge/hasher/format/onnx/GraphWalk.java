package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.util.Map;

/** Follows tensors through the operations of a graph to where they are used as weights. */
final class GraphWalk {

    /** Bodies of functions are walked at each call, and calls may double at each level. */
    private static final int MAX_STEPS = 1 << 20;

    private static final int MAX_CALLS = 32;

    private final Map<String, OnnxGraph> functions;
    private final ExternalFiles files;
    private final WeightUses uses;
    private long steps;
    private int calls;

    GraphWalk(Map<String, OnnxGraph> functions, ExternalFiles files, WeightUses uses) {
        this.functions = functions;
        this.files = files;
        this.uses = uses;
    }

    /** Walks a graph from its first node. */
    void walk(OnnxGraph graph) throws IOException {
        walk(graph, new Scope(null));
    }

    private void walk(OnnxGraph graph, Scope scope) throws IOException {
        steps += graph.nodes().size() + graph.tensors().size() + graph.inputs().size();
        if (steps > MAX_STEPS) {
            throw ModelFormatException.tooLarge(
                    "graph: more than " + MAX_STEPS + " nodes, counting those of functions at each call");
        }
        graph.tensors().forEach((name, tensor) -> scope.put(name, Weight.of(tensor, files)));
        for (var node : graph.nodes()) {
            for (var body : node.bodies()) {
                walk(body, new Scope(scope));
            }
            accept(node, scope);
        }
        uses.addWithoutScale(scope);
    }

    private void accept(OnnxNode node, Scope scope) throws IOException {
        var function = functions.get(node.qualifiedName());
        if (function != null) {
            call(function, node, scope);
            return;
        }
        switch (node.operator()) {
            case "Conv", "ConvTranspose" -> uses.addConvolution(scope.weight(node.input(1)));
            case "Gemm" -> {
                uses.addMatrix(scope.weight(node.input(1)), !node.is("transB"));
                uses.addMatrix(scope.weight(node.input(0)), node.is("transA"));
            }
            case "MatMul" -> {
                uses.addMatrix(scope.weight(node.input(1)), true);
                uses.addMatrix(scope.weight(node.input(0)), false);
            }
            case "Identity", "Dropout" -> passOn(node, scope);
            case "Cast", "CastLike" -> cast(node, scope);
            case "Transpose" -> transpose(node, scope);
            case "Reshape" -> reshape(node, scope);
            default -> QuantisedNode.accept(node, scope, uses);
        }
    }

    private void call(OnnxGraph function, OnnxNode node, Scope scope) throws IOException {
        if (++calls > MAX_CALLS) {
            throw ModelFormatException.unsupported("graph: functions call each other more than " + MAX_CALLS + " deep");
        }
        var inside = new Scope(null);
        for (int i = 0; i < function.inputs().size(); i++) {
            inside.put(function.inputs().get(i), scope.weight(node.input(i)));
        }
        walk(function, inside);
        for (int i = 0; i < Math.min(node.outputs().size(), function.outputs().size()); i++) {
            scope.put(node.outputs().get(i), inside.weight(function.outputs().get(i)));
        }
        calls--;
    }

    private static void passOn(OnnxNode node, Scope scope) {
        scope.put(node.output(), scope.weight(node.input(0)));
        if (scope.pending(node.input(0)) != null) {
            scope.putPending(node.output(), scope.pending(node.input(0)));
        }
    }

    private static void cast(OnnxNode node, Scope scope) {
        passOn(node, scope);
        var weight = scope.weight(node.input(0));
        if (weight != null && !weight.isFloating()) {
            scope.put(node.output(), weight.asFloating());
        }
    }

    private static void transpose(OnnxNode node, Scope scope) {
        var weight = scope.weight(node.input(0));
        if (weight != null) {
            scope.put(node.output(), weight.transposed(node.permutation()));
        }
    }

    private static void reshape(OnnxNode node, Scope scope) throws IOException {
        var weight = scope.weight(node.input(0));
        var shape = scope.weight(node.input(1));
        if (weight != null && shape != null) {
            scope.put(node.output(), Reshape.of(weight, shape));
        }
    }
}
