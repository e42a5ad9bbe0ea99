package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Decides from the operations of a graph which tensors are weights, and which way round they lie. */
final class WeightUses {

    /** A tensor as a node sees it, transposed on the way or not. */
    private record Seen(OnnxTensor tensor, boolean isTransposed) {}

    private final WeightCollector collector;
    private final Map<String, Seen> values = new HashMap<>();
    private final Set<OnnxTensor> added = Collections.newSetFromMap(new IdentityHashMap<>());

    WeightUses(WeightCollector collector, Map<String, OnnxTensor> tensors) {
        this.collector = collector;
        tensors.forEach((name, tensor) -> values.put(name, new Seen(tensor, false)));
    }

    /** Takes the next node in the order of the graph. */
    void accept(OnnxNode node) throws IOException {
        switch (node.operator()) {
            case "Conv", "ConvTranspose" -> addConvolution(values.get(node.input(1)));
            case "Gemm" -> {
                addMatrix(values.get(node.input(1)), !node.transB());
                addMatrix(values.get(node.input(0)), node.transA());
            }
            case "MatMul" -> {
                addMatrix(values.get(node.input(1)), true);
                addMatrix(values.get(node.input(0)), false);
            }
            case "Identity", "Cast", "Dropout" -> passOn(node, false);
            case "Transpose" -> passOn(node, true);
            default -> {}
        }
    }

    /** For graphs whose operations are all unknown: every tensor by its shape, as PyTorch would have stored it. */
    void addAllByShape() throws IOException {
        for (var seen : values.values().stream()
                .sorted((a, b) -> a.tensor().name().compareTo(b.tensor().name()))
                .toList()) {
            var tensor = seen.tensor();
            if (!seen.isTransposed() && added.add(tensor) && tensor.type().isFloating()) {
                collector.addByShape(tensor.name(), tensor.shape(), tensor.type(), tensor.data());
            }
        }
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    private void passOn(OnnxNode node, boolean transposes) {
        var seen = values.get(node.input(0));
        if (seen != null && (!transposes || node.swaps() && seen.tensor().shape().length == 2)) {
            values.putIfAbsent(node.output(), new Seen(seen.tensor(), seen.isTransposed() ^ transposes));
        }
    }

    private void addConvolution(Seen seen) throws IOException {
        if (seen != null
                && seen.tensor().type().isFloating()
                && seen.tensor().shape().length > 2
                && added.add(seen.tensor())) {
            var tensor = seen.tensor();
            collector.addByShape(tensor.name(), tensor.shape(), tensor.type(), tensor.data());
        }
    }

    /** Adds a matrix that the node multiplies as [inputs, outputs] or, if not {@code isInputsFirst}, as [outputs, inputs]. */
    private void addMatrix(Seen seen, boolean isInputsFirst) throws IOException {
        if (seen == null || !seen.tensor().type().isFloating() || seen.tensor().shape().length != 2) {
            return;
        }
        var tensor = seen.tensor();
        if (!added.add(tensor)) {
            return;
        }
        var shape = tensor.shape();
        TensorData data = tensor.data();
        if (isInputsFirst ^ seen.isTransposed()) {
            data = data.permuted(shape, 1, 0);
            shape = new long[] {shape[1], shape[0]};
        }
        collector.addByShape(tensor.name(), shape, tensor.type(), data);
    }
}
