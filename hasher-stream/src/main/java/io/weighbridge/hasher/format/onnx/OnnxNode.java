package io.weighbridge.hasher.format.onnx;

import java.util.List;
import java.util.Map;

/**
 * What matters of one operation of a graph.
 *
 * @param name empty if it has none
 * @param domain of the operator, empty for ONNX's own
 * @param numbers attributes that are one whole number and decide about weights
 * @param lists attributes that are lists of whole numbers and decide about weights
 * @param bodies the graphs that a control-flow node may run
 */
record OnnxNode(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, Long> numbers,
        Map<String, List<Long>> lists,
        List<OnnxGraph> bodies) {

    /** Empty if there is none. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** Empty if there is none. */
    String output() {
        return outputs.isEmpty() ? "" : outputs.get(0);
    }

    long number(String attribute, long otherwise) {
        return numbers.getOrDefault(attribute, otherwise);
    }

    /** Empty if there is none. */
    List<Long> list(String attribute) {
        return lists.getOrDefault(attribute, List.of());
    }

    /** The operator with the node's name, or with that of its result if it has none, for reasons. */
    String described() {
        return operator + " (node " + (name.isEmpty() ? output() : name) + ")";
    }

    boolean is(String attribute) {
        return number(attribute, 0) != 0;
    }

    /** By what a call finds its function. */
    String qualifiedName() {
        return domain + ":" + operator;
    }
}
