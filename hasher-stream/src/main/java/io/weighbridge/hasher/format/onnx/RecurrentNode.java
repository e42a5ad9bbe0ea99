package io.weighbridge.hasher.format.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * LSTM, GRU and RNN: weights W [directions, gates · hidden, inputs] and R [directions, gates · hidden, hidden].
 *
 * <p>Each direction becomes two matrices as PyTorch has them. It puts the gates of an LSTM in the order input, forget, cell, output, where ONNX
 * has input, output, forget, cell; those of a GRU in the order reset, update, new, where ONNX has update, reset, new.
 */
final class RecurrentNode {

    private static final int[] LSTM = {0, 2, 3, 1};
    private static final int[] GRU = {1, 0, 2};
    private static final int[] RNN = {0};

    private RecurrentNode() {}

    /** Adds the weights of such a node, or notes that they cannot be read. */
    static void accept(OnnxNode node, Scope scope, Folding folding, WeightUses uses) throws IOException {
        var gates = switch (node.operator()) {
            case "LSTM" -> LSTM;
            case "GRU" -> GRU;
            default -> RNN;
        };
        for (int input = 1; input <= 2; input++) {
            var weight = scope.weight(node.input(input));
            uses.addUnfolded(scope.unfolded(node.input(input)));
            if (weight == null) {
                continue;
            }
            var shape = weight.shape();
            if (!weight.isFloating() || shape.length != 3 || weight.size() == 0 || shape[1] % gates.length != 0) {
                uses.addUnread(weight, "used by " + node.described() + " in a form that is not read");
                continue;
            }
            for (long direction = 0; direction < shape[0]; direction++) {
                uses.addMatrix(ordered(weight, direction, gates, folding), false);
            }
        }
    }

    /** The matrix of one direction with its gates in PyTorch's order. */
    private static Weight ordered(Weight weight, long direction, int[] gates, Folding folding) throws IOException {
        var shape = weight.shape();
        long rows = shape[1] / gates.length;
        var name = weight.name() + (direction == 0 ? "" : "_reverse");
        var one = folding.part(name, weight, 0, direction, 1, 1);
        List<Weight> parts = new ArrayList<>();
        for (int gate : gates) {
            parts.add(folding.part(name, one, 1, gate * rows, rows, 1));
        }
        return folding.joined(name, parts, 1);
    }
}
