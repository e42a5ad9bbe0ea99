package io.weighbridge.hasher.format.tensorflow;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What matters of one operation of a graph.
 *
 * @param inputs what its inputs are called, those that only order operations left out
 * @param flags attributes that are set
 * @param dataFormat such as {@code NHWC}; empty if the node does not say
 * @param shape of a placeholder; empty if it is not known
 * @param value of a constant; null for all others
 * @param functions that it runs
 */
record GraphNode(
        String name,
        String operator,
        List<String> inputs,
        Set<String> flags,
        String dataFormat,
        List<Long> shape,
        GraphTensor value,
        List<String> functions) {

    private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");

    /** How many inputs come before those that go on to the functions of a node. */
    private static final Map<String, Integer> BEFORE_ARGUMENTS = Map.of("If", 1, "StatelessIf", 1);

    /** Null if there is none. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : null;
    }

    boolean isConstant() {
        return operator.equals("Const") && value != null;
    }

    boolean isVariable() {
        return VARIABLES.contains(operator);
    }

    boolean isChannelsFirst() {
        return dataFormat.startsWith("NC");
    }

    /** The inputs that a function gets as its arguments. */
    List<String> arguments() {
        return inputs.subList(Math.min(inputs.size(), BEFORE_ARGUMENTS.getOrDefault(operator, 0)), inputs.size());
    }
}
