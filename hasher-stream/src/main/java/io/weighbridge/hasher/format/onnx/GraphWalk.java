package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Follows tensors through the operations of a graph to where they are used as weights. */
final class GraphWalk {

    /** Bodies of functions are walked at each call, and calls may double at each level. */
    private static final int MAX_STEPS = 1 << 20;

    private static final int MAX_CALLS = 32;

    private final Map<String, OnnxGraph> functions;
    private final ExternalFiles files;
    private final WeightUses uses;
    private final Folding folding = new Folding();
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
                walkBody(body, node, scope);
            }
            accept(node, scope);
        }
        uses.addWithoutScale(scope);
    }

    /** A body may get weights from the inputs of its node, and hand them on as its outputs, all at once or one by one. */
    private void walkBody(OnnxGraph body, OnnxNode node, Scope scope) throws IOException {
        var inside = new Scope(scope);
        var source = Computation.of(node, scope).orElse(null);
        body.inputs().forEach(input -> inside.putUnfolded(input, source));
        walk(body, inside);
        for (var output : body.outputs()) {
            Computation.of(node, List.of(output), inside)
                    .ifPresent(result -> node.outputs().forEach(name -> scope.putUnfolded(name, result)));
        }
    }

    private void accept(OnnxNode node, Scope scope) throws IOException {
        var function = functions.get(node.qualifiedName());
        if (function != null) {
            call(function, node, scope);
            return;
        }
        switch (node.operator()) {
            case "Conv", "ConvTranspose", "DeformConv", "FusedConv" -> convolve(node, scope);
            case "Gemm", "FusedGemm", "FusedMatMul" -> multiply(node, scope, node.is("transA"), node.is("transB"));
            case "MatMul" -> multiply(node, scope, false, false);
            case "LSTM", "GRU", "RNN" -> RecurrentNode.accept(node, scope, folding, uses);
            case "Identity", "Dropout" -> passOn(node, scope);
            case "Cast", "CastLike" -> cast(node, scope);
            case "Transpose" -> transpose(node, scope);
            case "Reshape" -> reshape(node, scope);
            default -> acceptOther(node, scope);
        }
        if (scope.isUnknown(node.output())) {
            Computation.of(node, scope)
                    .ifPresent(source -> node.outputs().forEach(name -> scope.putUnfolded(name, source)));
        }
    }

    private void convolve(OnnxNode node, Scope scope) throws IOException {
        uses.addConvolution(scope.weight(node.input(1)));
        uses.addUnfolded(scope.unfolded(node.input(1)));
    }

    private void multiply(OnnxNode node, Scope scope, boolean isFirstTurned, boolean isSecondTurned)
            throws IOException {
        var first = scope.weight(node.input(0));
        var second = scope.weight(node.input(1));
        uses.addMatrix(second, !isSecondTurned);
        uses.addMatrix(first, isFirstTurned);
        if (first == null && second == null) {
            uses.addUnfolded(scope.unfolded(node.input(1)));
            uses.addUnfolded(scope.unfolded(node.input(0)));
        }
    }

    private void acceptOther(OnnxNode node, Scope scope) throws IOException {
        boolean isQuantised = QuantisedNode.accept(node, scope, uses);
        if (scope.isUnknown(node.output())) {
            var results = folding.results(node, scope);
            for (int i = 0; i < results.size(); i++) {
                scope.put(node.outputs().get(i), results.get(i));
            }
        }
        if (!isQuantised && Computation.mayUseWeights(node)) {
            for (var input : node.inputs()) {
                var weight = scope.weight(input);
                if (weight != null && weight.isMatrix()) {
                    uses.addDoubtful(weight, node);
                }
                uses.addUnfolded(scope.unfolded(input));
            }
        }
    }

    private void call(OnnxGraph function, OnnxNode node, Scope scope) throws IOException {
        if (++calls > MAX_CALLS) {
            throw ModelFormatException.unsupported("graph: functions call each other more than " + MAX_CALLS + " deep");
        }
        var inside = new Scope(null);
        for (int i = 0; i < function.inputs().size(); i++) {
            inside.put(function.inputs().get(i), scope.weight(node.input(i)));
            inside.putUnfolded(function.inputs().get(i), scope.unfolded(node.input(i)));
        }
        walk(function, inside);
        for (int i = 0; i < Math.min(node.outputs().size(), function.outputs().size()); i++) {
            scope.put(node.outputs().get(i), inside.weight(function.outputs().get(i)));
            scope.putUnfolded(
                    node.outputs().get(i), inside.unfolded(function.outputs().get(i)));
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
            scope.put(node.output(), weight.transposed(node.list("perm")));
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
