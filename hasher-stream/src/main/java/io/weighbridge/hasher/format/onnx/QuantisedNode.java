package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.onnx.Scope.Pending;
import io.weighbridge.hasher.format.onnx.Scope.Use;
import java.io.IOException;
import java.util.Arrays;

/**
 * Operators on quantised numbers. Weights are (q - zero) · scale; a scale for each output channel lies along the axis of the outputs.
 *
 * <p>The integer operators take no scale: it follows as a factor of their result, {@code Mul(Cast(MatMulInteger(x, w)), Mul(scale of x,
 * scale of w))}.
 */
final class QuantisedNode {

    private static final int OUTPUTS_OF_A_CONVOLUTION = 0;
    private static final int COLUMNS = 1;
    private static final int ROWS = 0;

    private final OnnxNode node;
    private final Scope scope;
    private final WeightUses uses;

    private QuantisedNode(OnnxNode node, Scope scope, WeightUses uses) {
        this.node = node;
        this.scope = scope;
        this.uses = uses;
    }

    /** Takes a node in; returns false, and does nothing, if it is of another kind. */
    static boolean accept(OnnxNode node, Scope scope, WeightUses uses) throws IOException {
        return new QuantisedNode(node, scope, uses).accept();
    }

    private boolean accept() throws IOException {
        switch (node.operator()) {
            // In front of DequantizeLinear, as quantisation-aware training leaves it: the weights lie there in full.
            case "QuantizeLinear" -> scope.put(node.output(), weight(0));
            case "DequantizeLinear" -> dequantise();
            case "QLinearConv" -> add(3, 4, 5, OUTPUTS_OF_A_CONVOLUTION, Use.CONVOLUTION);
            case "QLinearMatMul" -> {
                add(3, 4, 5, COLUMNS, Use.MATRIX_INPUTS_FIRST);
                add(0, 1, 2, ROWS, Use.MATRIX_OUTPUTS_FIRST);
            }
            case "QGemm" -> {
                boolean isTurned = node.is("transB");
                add(3, 4, 5, isTurned ? ROWS : COLUMNS, isTurned ? Use.MATRIX_OUTPUTS_FIRST : Use.MATRIX_INPUTS_FIRST);
            }
            case "DynamicQuantizeMatMul" -> add(1, 2, 3, COLUMNS, Use.MATRIX_INPUTS_FIRST);
            case "MatMulIntegerToFloat" -> add(1, 3, 5, COLUMNS, Use.MATRIX_INPUTS_FIRST);
            case "ConvInteger" -> await(1, 3, OUTPUTS_OF_A_CONVOLUTION, Use.CONVOLUTION);
            case "MatMulInteger" -> {
                await(1, 3, COLUMNS, Use.MATRIX_INPUTS_FIRST);
                await(0, 2, ROWS, Use.MATRIX_OUTPUTS_FIRST);
            }
            case "Mul" -> multiply();
            case "Sub" -> passOn(shifted(weight(0), weight(1)));
            case "MatMulNBits" -> addBlocks();
            case "MatMulBnb4" -> addPacked();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void dequantise() throws IOException {
        var quantised = weight(0);
        if (quantised == null) {
            return;
        }
        if (quantised.isFull()) {
            scope.put(node.output(), quantised);
            return;
        }
        if (weight(1) == null) {
            uses.addUnread(quantised, "quantised weights whose scale is no constant");
            return;
        }
        var quantisation = new Quantisation(weight(1), weight(2), node.number("axis", 1), node.number("block_size", 0));
        var weights = quantisation.apply(quantised);
        if (weights != null) {
            scope.put(node.output(), weights);
        } else if (quantised.rank() > 1) {
            uses.addUnread(quantised, "quantised weights whose scale or zero point does not fit them");
        }
    }

    private void add(int weights, int scale, int zero, int axis, Use use) throws IOException {
        if (weight(weights) != null && weight(scale) == null) {
            uses.addUnread(weight(weights), "quantised weights whose scale is no constant");
        } else {
            uses.addQuantised(weight(weights), new Quantisation(weight(scale), weight(zero), axis, 0), use);
        }
    }

    private void await(int weights, int zero, int axis, Use use) {
        if (weight(weights) != null) {
            scope.putPending(node.output(), new Pending(weight(weights), weight(zero), axis, use));
        }
    }

    /** {@code Mul(Sub(Cast(q), zero), scale)} is DequantizeLinear as it was written before there was one. */
    private void passOn(Weight weight) {
        scope.put(node.output(), weight);
    }

    /** A constant less another; null if it is not known how. */
    private static Weight shifted(Weight weight, Weight zero) throws IOException {
        return isTensor(weight) && isFew(zero)
                ? new Quantisation(null, zero, axis(weight, zero), 0).apply(weight)
                : null;
    }

    /** A constant times another; null if it is not known how. */
    private static Weight product(Weight weight, Weight scale) throws IOException {
        return isTensor(weight) && isFew(scale)
                ? new Quantisation(scale, null, axis(weight, scale), 0).apply(weight)
                : null;
    }

    private static boolean isTensor(Weight weight) {
        return weight != null && weight.isFloating() && weight.rank() > 1;
    }

    /** Whether all sizes but one are 1. */
    private static boolean isFew(Weight weight) {
        return weight != null
                && weight.isFloating()
                && Arrays.stream(weight.shape()).filter(size -> size != 1).count() <= 1;
    }

    /** The axis of the weights that lies over the longest of the others, counted from the end as operators do. */
    private static long axis(Weight weight, Weight few) {
        var shape = few.shape();
        int at = shape.length - 1;
        while (at > 0 && shape[at] == 1) {
            at--;
        }
        return weight.rank() - Math.max(1, shape.length - at);
    }

    private void multiply() throws IOException {
        passOn(product(weight(0), weight(1)));
        passOn(product(weight(1), weight(0)));
        for (int i = 0; i < 2; i++) {
            var pending = scope.pending(node.input(i));
            var factor = scope.factor(node.input(1 - i));
            if (pending != null && factor != null) {
                uses.add(pending, factor);
                scope.removePending(pending);
            } else if (factor != null) {
                scope.putFactor(node.output(), factor);
            }
        }
    }

    private void addBlocks() throws IOException {
        var quantised = weight(1);
        if (quantised == null) {
            return;
        }
        // The fifth input gives every row of inputs a block of its own choice.
        var weights = node.input(4).isEmpty() ? BlockedMatrix.of(node, quantised, weight(2), weight(3)) : null;
        if (weights == null || weight(3) == null && !node.input(3).isEmpty()) {
            addPacked();
        } else {
            uses.addMatrix(weights, false);
        }
    }

    /** Numbers of few bits with their scales in a layout of the operator's own. */
    private void addPacked() throws IOException {
        if (weight(1) != null) {
            uses.addUnread(weight(1), "weights in the packed form of " + node.operator() + " are not read");
        }
    }

    private Weight weight(int input) {
        return scope.weight(node.input(input));
    }
}
