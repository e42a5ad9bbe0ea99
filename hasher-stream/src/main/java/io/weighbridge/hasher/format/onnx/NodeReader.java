package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one NodeProto: operator, inputs, outputs, and of its attributes those that decide about weights. */
final class NodeReader {

    private static final Set<String> KNOWN_NUMBERS = Set.of("transA", "transB", "axis", "block_size", "K", "N", "bits");
    private static final Set<String> LISTS = Set.of("value_float", "value_floats", "value_int", "value_ints");
    private static final int MAX_RANK = 32;

    private final GraphReader reader;
    private final int depth;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final List<Integer> permutation = new ArrayList<>();
    private final List<OnnxGraph> bodies = new ArrayList<>();
    private String domain = "";
    private String operator = "";
    private OnnxTensor value;

    /** @param depth how many graphs are around the node's own */
    NodeReader(GraphReader reader, int depth) {
        this.reader = reader;
        this.depth = depth;
    }

    OnnxNode read(MessageReader node) throws IOException {
        while (node.next()) {
            if (node.is(1, MessageReader.LENGTH)) {
                inputs.add(reader.text(node));
            } else if (node.is(2, MessageReader.LENGTH)) {
                outputs.add(reader.text(node));
            } else if (node.is(4, MessageReader.LENGTH)) {
                operator = reader.text(node);
            } else if (node.is(7, MessageReader.LENGTH)) {
                domain = reader.text(node);
            } else if (node.is(5, MessageReader.LENGTH)) {
                readAttribute(node.message());
            } else {
                node.skip();
            }
        }
        domain = domain.equals("ai.onnx") ? "" : domain;
        return new OnnxNode(domain, operator, inputs, outputs, numbers, permutation, bodies);
    }

    /** What a Constant node stands for; null for other nodes. */
    OnnxTensor constant() {
        return operator.equals("Constant") ? value : null;
    }

    private void readAttribute(MessageReader attribute) throws IOException {
        var list = OnnxTensor.list(reader.window());
        var name = "";
        while (attribute.next()) {
            if (attribute.is(1, MessageReader.LENGTH)) {
                name = reader.text(attribute);
            } else {
                readValue(name, attribute, list);
            }
        }
        if (LISTS.contains(name)) {
            value = list.asList();
        }
    }

    private void readValue(String name, MessageReader attribute, OnnxTensor list) throws IOException {
        switch (attribute.field()) {
            case 5 -> value = OnnxTensor.read(attribute.message(), reader.window());
            case 6, 11 -> bodies.add(reader.readGraph(attribute.message(), depth + 1));
            case 22, 23 ->
                throw ModelFormatException.unsupported(
                        "attribute " + name + " at byte " + attribute.position() + ": sparse tensors are not read");
            case 2, 7 -> addToList(name, attribute, list, OnnxType.FLOAT);
            case 3 -> {
                if (KNOWN_NUMBERS.contains(name) && attribute.wireType() == MessageReader.VARINT) {
                    numbers.put(name, attribute.varint());
                } else {
                    addToList(name, attribute, list, OnnxType.INT64);
                }
            }
            case 8 -> {
                if (name.equals("perm")) {
                    addAxes(attribute);
                } else {
                    addToList(name, attribute, list, OnnxType.INT64);
                }
            }
            default -> attribute.skip();
        }
    }

    private static void addToList(String name, MessageReader attribute, OnnxTensor list, int type) throws IOException {
        if (LISTS.contains(name)) {
            list.addNumbers(attribute, type);
        } else {
            attribute.skip();
        }
    }

    private void addAxes(MessageReader attribute) throws IOException {
        if (attribute.wireType() == MessageReader.VARINT) {
            addAxis(attribute.varint());
            return;
        }
        var packed = new MessageReader(reader.window(), attribute.span());
        while (packed.hasMore()) {
            addAxis(packed.varint());
        }
    }

    private void addAxis(long axis) {
        if (permutation.size() < MAX_RANK) {
            permutation.add((int) Math.max(-1, Math.min(MAX_RANK, axis)));
        }
    }
}
