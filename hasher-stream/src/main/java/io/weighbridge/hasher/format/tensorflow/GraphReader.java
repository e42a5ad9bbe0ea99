package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.protobuf.ByteWindow;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import io.weighbridge.hasher.format.protobuf.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads GraphDefs with the functions of their libraries; {@code graph.proto}, {@code node_def.proto} and {@code function.proto} name the fields. */
final class GraphReader {

    /** What a node takes in memory beside its names. */
    private static final long OBJECT_BYTES = 512;

    private final ReadLimits limits;
    private final ByteWindow window;
    private final List<GraphFunction> graphs = new ArrayList<>();
    private final Map<String, GraphFunction> functions = new LinkedHashMap<>();
    private long heldBytes;

    GraphReader(ByteWindow window, ReadLimits limits) {
        this.window = window;
        this.limits = limits;
    }

    List<GraphFunction> graphs() {
        return graphs;
    }

    /** By their names. */
    Map<String, GraphFunction> functions() {
        return functions;
    }

    void read(Span place) throws IOException {
        var graph = new MessageReader(window, place);
        var nodes = new ArrayList<GraphNode>();
        while (graph.next()) {
            if (graph.is(1, MessageReader.LENGTH)) {
                nodes.add(readNode(graph.message()));
            } else if (graph.is(2, MessageReader.LENGTH)) {
                readLibrary(graph.message());
            } else {
                graph.skip();
            }
        }
        graphs.add(new GraphFunction(List.of(), nodes));
    }

    private void readLibrary(MessageReader library) throws IOException {
        while (library.next()) {
            if (library.is(1, MessageReader.LENGTH)) {
                readFunction(library.message());
            } else {
                library.skip();
            }
        }
    }

    private void readFunction(MessageReader function) throws IOException {
        var arguments = new ArrayList<String>();
        var nodes = new ArrayList<GraphNode>();
        var name = "";
        while (function.next()) {
            if (function.is(1, MessageReader.LENGTH)) {
                name = readSignature(function.message(), arguments);
            } else if (function.is(3, MessageReader.LENGTH)) {
                nodes.add(readNode(function.message()));
            } else {
                function.skip();
            }
        }
        functions.put(name, new GraphFunction(arguments, nodes));
    }

    /** Returns the name of the function. */
    private String readSignature(MessageReader signature, List<String> arguments) throws IOException {
        var name = "";
        while (signature.next()) {
            if (signature.is(1, MessageReader.LENGTH)) {
                name = text(signature);
            } else if (signature.is(2, MessageReader.LENGTH)) {
                arguments.add(readName(signature.message()));
            } else {
                signature.skip();
            }
        }
        return name;
    }

    /** The first field of an argument, or of a function that a node refers to. */
    private String readName(MessageReader message) throws IOException {
        var name = "";
        while (message.next()) {
            if (message.is(1, MessageReader.LENGTH)) {
                name = text(message);
            } else {
                message.skip();
            }
        }
        return name;
    }

    private GraphNode readNode(MessageReader message) throws IOException {
        var node = new NodeFields();
        while (message.next()) {
            if (message.is(1, MessageReader.LENGTH)) {
                node.name = text(message);
            } else if (message.is(2, MessageReader.LENGTH)) {
                node.operator = text(message);
            } else if (message.is(3, MessageReader.LENGTH)) {
                node.addInput(text(message));
            } else if (message.is(5, MessageReader.LENGTH)) {
                readAttribute(message.message(), node);
            } else {
                message.skip();
            }
        }
        hold(OBJECT_BYTES);
        return node.build();
    }

    /** An entry of a map: the key is field 1, the value field 2, in any order. */
    private void readAttribute(MessageReader entry, NodeFields node) throws IOException {
        var key = "";
        Span value = null;
        while (entry.next()) {
            if (entry.is(1, MessageReader.LENGTH)) {
                key = entry.text();
            } else if (entry.is(2, MessageReader.LENGTH)) {
                value = entry.span();
            } else {
                entry.skip();
            }
        }
        if (value != null) {
            readValue(key, new MessageReader(window, value), node);
        }
    }

    private void readValue(String key, MessageReader value, NodeFields node) throws IOException {
        while (value.next()) {
            if (value.is(5, MessageReader.VARINT)) {
                if (value.varint() != 0) {
                    hold(key.length());
                    node.flags.add(key);
                }
            } else if (value.is(2, MessageReader.LENGTH) && key.equals("data_format")) {
                node.dataFormat = text(value);
            } else if (value.is(7, MessageReader.LENGTH) && key.equals("shape")) {
                GraphTensor.readShape(value.message(), node.shape);
            } else if (value.is(8, MessageReader.LENGTH) && key.equals("value")) {
                node.value = GraphTensor.read(value.message(), window);
            } else if (value.is(10, MessageReader.LENGTH)) {
                node.functions.add(readName(value.message()));
            } else {
                value.skip();
            }
        }
    }

    /** A name that is kept: all together are bounded. */
    private String text(MessageReader message) throws IOException {
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

    /** What was read of a node so far. */
    private static final class NodeFields {

        private String name = "";
        private String operator = "";
        private final List<String> inputs = new ArrayList<>();
        private final HashSet<String> flags = new HashSet<>();
        private String dataFormat = "";
        private final List<Long> shape = new ArrayList<>();
        private GraphTensor value;
        private final List<String> functions = new ArrayList<>();

        /** Those that begin with a caret only order operations. */
        void addInput(String input) {
            if (!input.startsWith("^")) {
                inputs.add(input);
            }
        }

        GraphNode build() {
            return new GraphNode(name, operator, inputs, flags, dataFormat, shape, value, functions);
        }
    }
}
