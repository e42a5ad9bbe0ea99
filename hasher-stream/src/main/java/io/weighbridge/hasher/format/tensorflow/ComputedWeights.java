package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Finds the constants of which operations compute a weight before a layer uses it, such as parts that are put together. What they make of them is
 * not followed, but must not go unseen.
 */
final class ComputedWeights {

    private static final int MAX_STEPS = 1_000;

    /** What has fewer numbers is a scale or a list of sizes. */
    private static final long FEWEST_NUMBERS = 64;

    private final GraphScope scope;

    ComputedWeights(GraphScope scope) {
        this.scope = scope;
    }

    /**
     * The constants behind an input that is no constant itself; none behind what another layer gives.
     *
     * @param mayMix whether they count too if the input depends on more than constants, as what a matrix is multiplied with mostly does
     */
    List<GraphNode> behind(String input, boolean mayMix) throws ModelFormatException {
        var found = new ArrayList<GraphNode>();
        var seen = new HashSet<String>();
        var waiting = new ArrayDeque<String>();
        waiting.add(input);
        while (!waiting.isEmpty() && seen.size() < MAX_STEPS) {
            var node = scope.node(waiting.remove());
            if (node == null || node.inputs().isEmpty() && !node.isConstant() || WeightUse.of(node) != null) {
                if (!mayMix) {
                    return List.of();
                }
            } else if (node.isConstant()) {
                if (isWeight(node) && seen.add(node.name())) {
                    found.add(node);
                }
            } else if (seen.add(node.name())) {
                waiting.addAll(node.inputs());
            }
        }
        return found;
    }

    private static boolean isWeight(GraphNode constant) throws ModelFormatException {
        return DataTypes.mayBeWeights(constant.value().dataType())
                && constant.value().shape().length > 1
                && constant.value().numbers(constant.name()) >= FEWEST_NUMBERS;
    }
}
