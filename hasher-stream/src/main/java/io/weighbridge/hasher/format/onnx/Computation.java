package io.weighbridge.hasher.format.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which results of operators that are not followed may still be weights. */
final class Computation {

    /** Operators that leave most numbers near where, and what, they were, whatever is mixed into them. */
    private static final Set<String> MIXING = Set.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Pow",
            "Min",
            "Max",
            "Sum",
            "Mean",
            "Where",
            "Clip",
            "Identity",
            "Dropout",
            "Cast",
            "CastLike",
            "Concat",
            "If",
            "Loop",
            "Scan",
            "GatherElements",
            "ScatterElements",
            "ScatterND");

    /** Operators that take only their first input as numbers, and the others as shapes, places or choices. */
    private static final Set<String> MOVING = Set.of(
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "Flatten",
            "Transpose",
            "Slice",
            "Split",
            "Gather",
            "GatherND",
            "Expand",
            "Tile",
            "Pad",
            "Compress",
            "ReverseSequence",
            "Trilu",
            "CumSum",
            "DequantizeLinear");

    /** Operators of other domains whose matrices are tables. */
    private static final Set<String> TABLES = Set.of(
            "RotaryEmbedding",
            "EmbedLayerNormalization",
            "SkipLayerNormalization",
            "GatherBlockQuantized",
            "GroupQueryAttention",
            "MultiHeadAttention",
            "DecoderMaskedMultiHeadAttention");

    /** A vector of at least so many numbers may be a matrix laid flat. */
    private static final long MANY = 1 << 16;

    /** Whole numbers are weights of few bits if there are more of them than a shape has. */
    private static final long MORE_THAN_SIZES = 64;

    private Computation() {}

    /** Whether a node may use a matrix as a layer does, though its operator is not known. */
    static boolean mayUseWeights(OnnxNode node) {
        boolean isOfOnnx = node.domain().isEmpty();
        return isOfOnnx ? node.operator().equals("Einsum") : !TABLES.contains(node.operator());
    }

    /** The weights that a node's results are computed from; empty if these are activations. */
    static Optional<Unfolded> of(OnnxNode node, Scope scope) {
        var inputs = node.inputs();
        boolean isChoice = node.operator().equals("Where") && !inputs.isEmpty();
        return of(
                node,
                MOVING.contains(node.operator())
                        ? List.of(node.input(0))
                        : isChoice ? inputs.subList(1, inputs.size()) : inputs,
                scope);
    }

    /** The same for values of the node that are named otherwise. */
    static Optional<Unfolded> of(OnnxNode node, List<String> names, Scope scope) {
        Unfolded before = null;
        var weights = new ArrayList<Weight>();
        boolean isConstant = true;
        for (var name : names) {
            var weight = scope.weight(name);
            if (weight != null) {
                weights.add(weight);
            } else {
                before = Unfolded.of(before, scope.unfolded(name));
                isConstant &= name.isEmpty();
            }
        }
        if (!isConstant && !MIXING.contains(node.operator()) && !MOVING.contains(node.operator())) {
            return Optional.empty();
        }
        boolean areAll = isConstant;
        weights.removeIf(weight -> areAll ? isShort(weight) : isVector(weight));
        var own = weights.isEmpty() ? null : new Unfolded(weights, node.described());
        return Optional.ofNullable(Unfolded.of(before, own));
    }

    private static boolean isShort(Weight weight) {
        long size = weight.size();
        return weight.isFloating() ? size <= 1 : size <= MORE_THAN_SIZES;
    }

    /** A bias, or a scale for each channel, belongs to activations. */
    private static boolean isVector(Weight weight) {
        return !weight.isMatrix() && weight.size() < MANY || isShort(weight);
    }
}
