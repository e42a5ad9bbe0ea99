package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.protobuf.ByteWindow;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import io.weighbridge.hasher.format.protobuf.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads nodes and tensors of a model, those of subgraphs and functions included. */
final class GraphReader {

    static final int GRAPH = 7;
    static final int FUNCTION = 25;

    private static final int MAX_DEPTH = 16;
    /** What a node or tensor takes in memory beside its names. */
    private static final long OBJECT_BYTES = 384;

    /** Where a graph and a function keep the same things. */
    private enum Fields {
        OF_GRAPH(1, 11, 12),
        OF_FUNCTION(7, 4, 5);

        private final int node;
        private final int input;
        private final int output;

        Fields(int node, int input, int output) {
            this.node = node;
            this.input = input;
            this.output = output;
        }
    }

    private final ReadLimits limits;
    private final ByteWindow window;
    private final List<OnnxGraph> graphs = new ArrayList<>();
    private final Map<String, OnnxGraph> functions = new HashMap<>();
    private final List<OnnxTensor> tensors = new ArrayList<>();
    private long heldBytes;

    GraphReader(ModelBytes file, ReadLimits limits) {
        this.limits = limits;
        this.window = new ByteWindow(file);
    }

    /** The main graph; more only in a file that contradicts itself. */
    List<OnnxGraph> graphs() {
        return graphs;
    }

    /** By {@link OnnxNode#qualifiedName}. */
    Map<String, OnnxGraph> functions() {
        return functions;
    }

    /** Those of all graphs and functions, in the order of the file. */
    List<OnnxTensor> tensors() {
        return tensors;
    }

    ByteWindow window() {
        return window;
    }

    void read() throws IOException {
        var model = new MessageReader(window, new Span(0, window.file().sizeBytes()));
        while (model.next()) {
            if (model.is(GRAPH, MessageReader.LENGTH)) {
                graphs.add(readGraph(model.message(), 0));
            } else if (model.is(FUNCTION, MessageReader.LENGTH)) {
                readFunction(model.span());
            } else {
                model.skip();
            }
        }
    }

    /** @param depth how many graphs are around this one */
    OnnxGraph readGraph(MessageReader graph, int depth) throws IOException {
        return read(graph, depth, Fields.OF_GRAPH);
    }

    private void readFunction(Span place) throws IOException {
        var name = "";
        var domain = "";
        var function = new MessageReader(window, place);
        while (function.next()) {
            if (function.is(1, MessageReader.LENGTH)) {
                name = text(function);
            } else if (function.is(10, MessageReader.LENGTH)) {
                domain = text(function);
            } else {
                function.skip();
            }
        }
        functions.put(domain + ":" + name, read(new MessageReader(window, place), 0, Fields.OF_FUNCTION));
    }

    private OnnxGraph read(MessageReader message, int depth, Fields fields) throws IOException {
        if (depth > MAX_DEPTH) {
            throw ModelFormatException.unsupported("graph: subgraphs nested more than " + MAX_DEPTH + " deep");
        }
        boolean isGraph = fields == Fields.OF_GRAPH;
        var graph = new OnnxGraph(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
        while (message.next()) {
            if (message.is(fields.node, MessageReader.LENGTH)) {
                readNode(message.message(), depth, graph);
            } else if (isGraph && message.is(5, MessageReader.LENGTH)) {
                addTensor(OnnxTensor.read(message.message(), window), "initializer" + tensors.size(), graph);
            } else if (isGraph && message.is(15, MessageReader.LENGTH)) {
                throw ModelFormatException.unsupported("graph: sparse initializers are not read");
            } else if (message.is(fields.input, MessageReader.LENGTH)) {
                graph.inputs().add(isGraph ? valueName(message.message()) : text(message));
            } else if (message.is(fields.output, MessageReader.LENGTH)) {
                graph.outputs().add(isGraph ? valueName(message.message()) : text(message));
            } else {
                message.skip();
            }
        }
        return graph;
    }

    /** Of a ValueInfoProto: what else it says of a graph's input or output does not matter. */
    private String valueName(MessageReader value) throws IOException {
        var name = "";
        while (value.next()) {
            if (value.is(1, MessageReader.LENGTH)) {
                name = text(value);
            } else {
                value.skip();
            }
        }
        return name;
    }

    private void readNode(MessageReader message, int depth, OnnxGraph graph) throws IOException {
        var reader = new NodeReader(this, depth);
        var node = reader.read(message);
        hold(OBJECT_BYTES);
        graph.nodes().add(node);
        if (reader.constant() != null) {
            // Nodes refer to a constant by the output of its node, whatever name the tensor has.
            reader.constant().rename(node.output());
            addTensor(reader.constant(), node.output(), graph);
        }
    }

    private void addTensor(OnnxTensor tensor, String nameIfNone, OnnxGraph graph) throws ModelFormatException {
        tensor.nameIfNone(nameIfNone);
        var name = tensor.name();
        hold(OBJECT_BYTES + name.length());
        if (tensors.size() == limits.maxTensors()) {
            throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
        }
        tensors.add(tensor);
        if (graph.tensors().put(name, tensor) != null) {
            throw ModelFormatException.malformed("tensor " + name + ": the name occurs twice");
        }
    }

    /** A name that is kept: all together are bounded. */
    String text(MessageReader message) throws IOException {
        var text = message.text();
        hold(text.length() + 40L);
        return text;
    }

    private void hold(long bytes) throws ModelFormatException {
        heldBytes += bytes;
        if (heldBytes > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge(
                    "graph: nodes and names take more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
    }
}
