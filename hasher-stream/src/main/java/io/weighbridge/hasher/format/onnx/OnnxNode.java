package io.weighbridge.hasher.format.onnx;

import java.util.List;
import java.util.Map;

/**
 * What matters of one operation of a graph.
 *
 * @param domain of the operator, empty for ONNX's own
 * @param numbers attributes that are one whole number and decide about weights
 * @param permutation of a Transpose; empty if it reverses all axes
 * @param bodies the graphs that a control-flow node may run
 */
record OnnxNode(
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, Long> numbers,
        List<Integer> permutation,
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

    boolean is(String attribute) {
        return number(attribute, 0) != 0;
    }

    /** By what a call finds its function. */
    String qualifiedName() {
        return domain + ":" + operator;
    }
}
