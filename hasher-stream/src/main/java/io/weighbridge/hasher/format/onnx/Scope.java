package io.weighbridge.hasher.format.onnx;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The weights that the names of one graph stand for; those of the graph around it are seen from inside. */
final class Scope {

    /** Quantised weights that a node multiplied, whose scale comes behind it. */
    record Pending(Weight weight, Weight zero, long axis, Use use) {}

    /** How the weights are added once their scale is known. */
    enum Use {
        CONVOLUTION,
        MATRIX_INPUTS_FIRST,
        MATRIX_OUTPUTS_FIRST
    }

    private final Scope outer;
    private final Map<String, Weight> weights = new HashMap<>();
    private final Map<String, Weight> factors = new HashMap<>();
    private final Map<String, Unfolded> unfolded = new HashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** @param outer null for a graph that sees no other */
    Scope(Scope outer) {
        this.outer = outer;
    }

    /** Null if the name stands for none, as the empty name of an input that is left out. */
    Weight weight(String name) {
        var weight = weights.get(name);
        return weight == null && outer != null ? outer.weight(name) : weight;
    }

    void put(String name, Weight weight) {
        if (weight != null && !name.isEmpty()) {
            weights.put(name, weight);
        }
    }

    /** Whether a name stands for neither a weight nor one that waits for its scale. */
    boolean isUnknown(String name) {
        return weight(name) == null && !pending.containsKey(name);
    }

    /** What a name is computed from that holds weights; null if it is a weight itself, or nothing of that kind. */
    Unfolded unfolded(String name) {
        if (weights.containsKey(name)) {
            return null;
        }
        var found = unfolded.get(name);
        return found == null && outer != null ? outer.unfolded(name) : found;
    }

    void putUnfolded(String name, Unfolded source) {
        if (source != null && !name.isEmpty()) {
            unfolded.merge(name, source, Unfolded::of);
        }
    }

    /** The constant that a product was made with; null if none is known. */
    Weight factor(String name) {
        var weight = weight(name);
        return weight == null ? factors.get(name) : weight;
    }

    void putFactor(String product, Weight factor) {
        factors.put(product, factor);
    }

    Pending pending(String name) {
        return pending.get(name);
    }

    void putPending(String name, Pending weight) {
        pending.put(name, weight);
    }

    void removePending(Pending weight) {
        pending.values().removeIf(other -> other == weight);
    }

    /** Those whose scale never came. */
    Iterable<Pending> pending() {
        return pending.values();
    }
}
