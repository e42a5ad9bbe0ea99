package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads nodes and tensors of a model, those of subgraphs included. */
final class GraphReader {

    static final int GRAPH = 7;

    private static final int MAX_DEPTH = 16;
    /** What a node or tensor takes in memory beside its names. */
    private static final long OBJECT_BYTES = 256;

    private final ReadLimits limits;
    private final ByteWindow window;
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private long heldBytes;

    GraphReader(ModelBytes file, ReadLimits limits) {
        this.limits = limits;
        this.window = new ByteWindow(file);
    }

    /** Tensors by name: initializers, and constants under the name of their node's output. */
    Map<String, OnnxTensor> tensors() {
        return tensors;
    }

    /** In the order of the file; those of a subgraph before the node that holds it. */
    List<OnnxNode> nodes() {
        return nodes;
    }

    void read() throws IOException {
        var model = new MessageReader(window, new Span(0, window.file().sizeBytes()));
        while (model.next()) {
            if (model.is(GRAPH, MessageReader.LENGTH)) {
                readGraph(model.message(), 0);
            } else {
                model.skip();
            }
        }
    }

    private void readGraph(MessageReader graph, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw ModelFormatException.unsupported("graph: subgraphs nested more than " + MAX_DEPTH + " deep");
        }
        while (graph.next()) {
            if (graph.is(1, MessageReader.LENGTH)) {
                readNode(graph.message(), depth);
            } else if (graph.is(5, MessageReader.LENGTH)) {
                addTensor(OnnxTensor.read(graph.message(), window), "initializer" + tensors.size());
            } else if (graph.is(15, MessageReader.LENGTH)) {
                throw ModelFormatException.unsupported("graph: sparse initializers are not read");
            } else {
                graph.skip();
            }
        }
    }

    private void readNode(MessageReader node, int depth) throws IOException {
        var inputs = new ArrayList<String>();
        var output = "";
        var operator = "";
        var attributes = new NodeAttributes();
        while (node.next()) {
            if (node.is(1, MessageReader.LENGTH)) {
                inputs.add(text(node));
            } else if (node.is(2, MessageReader.LENGTH) && output.isEmpty()) {
                output = text(node);
            } else if (node.is(4, MessageReader.LENGTH)) {
                operator = text(node);
            } else if (node.is(5, MessageReader.LENGTH)) {
                readAttribute(node.message(), attributes, depth);
            } else {
                node.skip();
            }
        }
        hold(OBJECT_BYTES);
        nodes.add(attributes.node(operator, inputs, output));
        if (attributes.value != null && operator.equals("Constant")) {
            // Nodes refer to a constant by the output of its node, whatever name the tensor has.
            attributes.value.rename(output);
            addTensor(attributes.value, output);
        }
    }

    private void readAttribute(MessageReader attribute, NodeAttributes attributes, int depth) throws IOException {
        var name = "";
        while (attribute.next()) {
            if (attribute.is(1, MessageReader.LENGTH)) {
                name = text(attribute);
            } else if (attribute.is(3, MessageReader.VARINT)) {
                attributes.set(name, attribute.varint());
            } else if (attribute.is(5, MessageReader.LENGTH)) {
                attributes.value = OnnxTensor.read(attribute.message(), window);
            } else if (attribute.is(6, MessageReader.LENGTH) || attribute.is(11, MessageReader.LENGTH)) {
                readGraph(attribute.message(), depth + 1);
            } else if (attribute.field() == 8) {
                attributes.addToPermutation(name, attribute, window);
            } else {
                attribute.skip();
            }
        }
    }

    private void addTensor(OnnxTensor tensor, String nameIfNone) throws ModelFormatException {
        tensor.nameIfNone(nameIfNone);
        var name = tensor.name();
        hold(OBJECT_BYTES + name.length());
        if (tensors.size() == limits.maxTensors()) {
            throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
        }
        if (tensor.isExternal()) {
            throw ModelFormatException.unsupported(
                    "tensor " + name + ": its numbers lie in another file (external data), which is not read");
        }
        if (tensors.put(name, tensor) != null) {
            throw ModelFormatException.malformed("tensor " + name + ": the name occurs twice");
        }
    }

    private String text(MessageReader message) throws IOException {
        var text = message.text();
        hold(text.length());
        return text;
    }

    private void hold(long bytes) throws ModelFormatException {
        heldBytes += bytes;
        if (heldBytes > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge(
                    "graph: nodes and names take more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
    }

    /** The attributes of a node that decide about orientation. */
    private static final class NodeAttributes {

        private static final long[] SWAP = {1, 0};
        private static final int MAX_RANK = 32;

        private boolean transA;
        private boolean transB;
        private OnnxTensor value;
        private final List<Long> permutation = new ArrayList<>();

        void set(String name, long number) {
            transA |= name.equals("transA") && number != 0;
            transB |= name.equals("transB") && number != 0;
        }

        void addToPermutation(String name, MessageReader attribute, ByteWindow window) throws IOException {
            if (!name.equals("perm")) {
                attribute.skip();
            } else if (attribute.wireType() == MessageReader.VARINT) {
                add(attribute.varint());
            } else {
                var packed = new MessageReader(window, attribute.span());
                while (packed.hasMore()) {
                    add(packed.varint());
                }
            }
        }

        OnnxNode node(String operator, List<String> inputs, String output) {
            var order = permutation.stream().mapToLong(Long::longValue).toArray();
            boolean swaps = order.length == 0 || Arrays.equals(order, SWAP);
            return new OnnxNode(operator, inputs, output, transA, transB, swaps);
        }

        private void add(long axis) {
            if (permutation.size() < MAX_RANK) {
                permutation.add(axis);
            }
        }
    }
}
