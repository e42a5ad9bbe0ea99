package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import io.weighbridge.hasher.format.protobuf.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one NodeProto: operator, inputs, outputs, and of its attributes those that decide about weights. */
final class NodeReader {

    private static final Set<String> KNOWN_NUMBERS = Set.of(
            "transA", "transB", "axis", "block_size", "K", "N", "bits", "num_outputs", "layout", "linear_before_reset");
    private static final Set<String> KNOWN_LISTS = Set.of("perm", "axes", "split", "starts", "ends");
    private static final Set<String> LISTS = Set.of("value_float", "value_floats", "value_int", "value_ints");
    private static final int MAX_LIST = 1024;

    private final GraphReader reader;
    private final int depth;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, List<Long>> lists = new HashMap<>();
    private final List<OnnxGraph> bodies = new ArrayList<>();
    private String name = "";
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
            } else if (node.is(3, MessageReader.LENGTH)) {
                name = reader.text(node);
            } else if (node.is(4, MessageReader.LENGTH)) {
                operator = reader.text(node);
            } else if (node.is(7, MessageReader.LENGTH)) {
                domain = reader.text(node);
            } else if (node.is(5, MessageReader.LENGTH)) {
                readAttribute(node.span());
            } else {
                node.skip();
            }
        }
        domain = domain.equals("ai.onnx") ? "" : domain;
        return new OnnxNode(name, domain, operator, inputs, outputs, numbers, lists, bodies);
    }

    /** What a Constant node stands for; null for other nodes. */
    OnnxTensor constant() {
        return operator.equals("Constant") ? value : null;
    }

    /** The name may come behind the value. */
    private void readAttribute(Span place) throws IOException {
        var key = "";
        var names = new MessageReader(reader.window(), place);
        while (names.next()) {
            if (names.is(1, MessageReader.LENGTH)) {
                key = reader.text(names);
            } else {
                names.skip();
            }
        }
        var list = OnnxTensor.list(reader.window());
        var attribute = new MessageReader(reader.window(), place);
        while (attribute.next()) {
            readValue(key, attribute, list);
        }
        if (LISTS.contains(key)) {
            value = list.asList();
        }
    }

    private void readValue(String key, MessageReader attribute, OnnxTensor list) throws IOException {
        switch (attribute.field()) {
            case 5 -> value = OnnxTensor.read(attribute.message(), reader.window());
            case 6, 11 -> bodies.add(reader.readGraph(attribute.message(), depth + 1));
            case 22, 23 ->
                throw ModelFormatException.unsupported(
                        "attribute " + key + " at byte " + attribute.position() + ": sparse tensors are not read");
            case 2, 7 -> addToList(key, attribute, list, OnnxType.FLOAT);
            case 3 -> {
                if (KNOWN_NUMBERS.contains(key) && attribute.wireType() == MessageReader.VARINT) {
                    numbers.put(key, attribute.varint());
                } else {
                    addToList(key, attribute, list, OnnxType.INT64);
                }
            }
            case 8 -> {
                if (KNOWN_LISTS.contains(key)) {
                    addAll(attribute, lists.computeIfAbsent(key, any -> new ArrayList<>()));
                } else {
                    addToList(key, attribute, list, OnnxType.INT64);
                }
            }
            default -> attribute.skip();
        }
    }

    private static void addToList(String key, MessageReader attribute, OnnxTensor list, int type) throws IOException {
        if (LISTS.contains(key)) {
            list.addNumbers(attribute, type);
        } else {
            attribute.skip();
        }
    }

    private void addAll(MessageReader attribute, List<Long> list) throws IOException {
        if (attribute.wireType() == MessageReader.VARINT) {
            add(attribute.varint(), list);
            return;
        }
        var packed = new MessageReader(reader.window(), attribute.span());
        while (packed.hasMore()) {
            add(packed.varint(), list);
        }
    }

    private void add(long number, List<Long> list) throws ModelFormatException {
        if (list.size() == MAX_LIST) {
            throw ModelFormatException.unsupported(
                    "node " + name + " (" + operator + "): an attribute of more than " + MAX_LIST + " numbers");
        }
        list.add(number);
    }
}
