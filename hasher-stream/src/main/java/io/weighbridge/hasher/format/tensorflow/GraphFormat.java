package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.protobuf.ByteWindow;
import java.io.IOException;
import java.util.stream.Stream;

/**
 * Graphs of TensorFlow whose weights are constants: a frozen GraphDef, or the graph of a SavedModel or of a checkpoint. Weights that are variables
 * lie in a checkpoint, which {@link CheckpointFormat} reads.
 */
public final class GraphFormat implements ModelFormat {

    /** The name in outcomes. */
    public static final String ID = "tensorflow-graph";

    private static final String VARIABLES_OF_SAVED_MODEL = "variables/variables.index";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        return GraphFile.of(file) != null;
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var kind = GraphFile.of(file);
        var window = new ByteWindow(file);
        var reader = new GraphReader(window, limits);
        for (var place : kind.graphs(window)) {
            reader.read(place);
        }
        var collector = new WeightCollector(file, limits);
        boolean hasVariables = count(reader, collector);
        addLayers(reader, new GraphLayout(collector, reader.functions()), hasVariables);
        var weights = collector.weights(id());
        return hasVariables ? withVariables(weights, kind, file) : weights;
    }

    /** Counts all constants; returns whether there are variables too. */
    private static boolean count(GraphReader reader, WeightCollector collector) throws IOException {
        boolean hasVariables = false;
        for (var graph : Stream.concat(reader.graphs().stream(), reader.functions().values().stream())
                .toList()) {
            for (var node : graph.nodes()) {
                hasVariables |= node.isVariable();
                if (node.isConstant()) {
                    collector.count(node.name(), node.value().numbers(node.name()));
                }
            }
        }
        return hasVariables;
    }

    private static void addLayers(GraphReader reader, GraphLayout layout, boolean hasVariables) throws IOException {
        for (var graph : reader.graphs()) {
            layout.add(graph);
        }
        if (layout.isEmpty()) {
            layout.addUncalled();
        }
        if (layout.isEmpty() && !hasVariables) {
            for (var graph : reader.graphs()) {
                layout.addAllByShape(graph);
            }
        }
    }

    /** The variables of a SavedModel are scanned on their own if they lie where they should. */
    private static ModelWeights withVariables(ModelWeights weights, GraphFile kind, ModelBytes file)
            throws IOException {
        boolean isSavedModel = kind == GraphFile.SAVED_MODEL;
        if (weights.layers().isEmpty()) {
            throw ModelFormatException.unsupported(
                    isSavedModel
                            ? "a SavedModel's graph; its weights are in variables/"
                            : "a TensorFlow graph whose weights are variables, which lie in a checkpoint");
        }
        return isSavedModel && file.sibling(VARIABLES_OF_SAVED_MODEL).isPresent()
                ? weights
                : weights.withUnread("variables of the graph, which lie in a checkpoint");
    }
}
