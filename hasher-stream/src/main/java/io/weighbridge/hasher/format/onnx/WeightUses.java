package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.onnx.Scope.Pending;
import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds tensors that nodes use as weights, each once, the right way round. */
final class WeightUses {

    private final WeightCollector collector;
    private final Map<Weight, OnnxNode> doubtful = new LinkedHashMap<>();
    private final Set<Object> added = Collections.newSetFromMap(new IdentityHashMap<>());

    WeightUses(WeightCollector collector) {
        this.collector = collector;
    }

    /** For graphs whose operations are all unknown: every tensor by its shape, as PyTorch would have stored it. */
    void addAllByShape(List<OnnxTensor> tensors, ExternalFiles files) throws IOException {
        for (var tensor :
                tensors.stream().sorted(Comparator.comparing(OnnxTensor::name)).toList()) {
            var weight = Weight.of(tensor, files);
            if (weight.isFloating() && weight.rank() > 1 && added.add(weight.key())) {
                add(weight);
            }
        }
    }

    boolean isEmpty() {
        return added.isEmpty();
    }

    /** @param weight null if the node's operand is no constant */
    void addConvolution(Weight weight) throws IOException {
        if (weight != null && weight.isFloating() && weight.rank() > 2 && added.add(weight.key())) {
            add(weight);
        }
    }

    /** Adds a matrix that the node multiplies as [inputs, outputs] or, if not {@code isInputsFirst}, as [outputs, inputs]. */
    void addMatrix(Weight weight, boolean isInputsFirst) throws IOException {
        if (weight == null || !weight.isFloating() || weight.rank() < 2 || weight.rank() > 2 && !weight.isMatrix()) {
            return;
        }
        var matrix = weight.rank() == 2 ? weight : weight.withoutFirstAxes();
        if (matrix == null) {
            addUnread(weight, "a stack of matrices is not read");
        } else if (added.add(weight.key())) {
            add(isInputsFirst ? matrix.transposed(List.of()) : matrix);
        }
    }

    /** Notes that a node whose operator is not known uses weights, perhaps as such. */
    void addDoubtful(Weight weight, OnnxNode node) {
        doubtful.put(weight, node);
    }

    /** Notes that weights are computed in a way that is not followed; null if they are not. */
    void addUnfolded(Unfolded unfolded) throws IOException {
        if (unfolded != null) {
            for (var weight : unfolded.weights()) {
                addUnread(weight, "weights that are computed from it by " + unfolded.by() + " are not read");
            }
        }
    }

    /** At the end of a model in which weights were found: those of nodes that are not known cannot be read. */
    void addDoubtful() throws IOException {
        for (var entry : doubtful.entrySet()) {
            addUnread(entry.getKey(), "used by " + entry.getValue().described() + ", which is not read");
        }
    }

    /** Notes weights that cannot be read. */
    void addUnread(Weight weight, String reason) throws IOException {
        if (added.add(weight.key())) {
            collector.addUnread(weight.name(), weight.numbers(), reason);
        }
    }

    /** Adds weights whose scale a later node gave; null if it gave none. */
    void add(Pending pending, Weight scale) throws IOException {
        var quantisation = new Quantisation(scale, pending.zero(), pending.axis(), 0);
        addQuantised(pending.weight(), quantisation, pending.use());
    }

    /** @param quantised null if the node's operand is no constant */
    void addQuantised(Weight quantised, Quantisation quantisation, Scope.Use use) throws IOException {
        if (quantised == null || quantised.rank() < 2) {
            return;
        }
        var weight = quantisation.apply(quantised);
        if (weight == null) {
            addUnread(quantised, "quantised weights whose scale or zero point does not fit them");
            return;
        }
        switch (use) {
            case CONVOLUTION -> addConvolution(weight);
            case MATRIX_INPUTS_FIRST -> addMatrix(weight, true);
            default -> addMatrix(weight, false);
        }
    }

    /** At the end of a graph: its quantised weights whose scale no node gave are those weights but for a factor. */
    void addWithoutScale(Scope scope) throws IOException {
        for (var pending : scope.pending()) {
            add(pending, null);
        }
    }

    private void add(Weight weight) throws IOException {
        if (weight.numbers() > 0) {
            collector.addByShape(weight.name(), weight.shape(), charged(weight), weight.data());
        }
    }

    /** Numbers with a scale are floating-point ones; what they take of the file is what the stored ones do, or more. */
    private static ElementType charged(Weight weight) {
        var stored = weight.charged();
        if (stored.isFloating()) {
            return stored;
        }
        return switch (stored.sizeBytes()) {
            case Byte.BYTES -> ElementType.F8_E4M3;
            case Short.BYTES -> ElementType.F16;
            default -> ElementType.F64;
        };
    }
}
