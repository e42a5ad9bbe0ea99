package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;

/**
 * TensorFlow Lite: a flat buffer with the identifier {@code TFL3}. The weights of convolutions and dense layers are found by their operators;
 * quantised ones are brought back to what their numbers stand for.
 */
public final class TfliteFormat implements ModelFormat {

    /** {@code TFL3} at byte 4. */
    private static final int IDENTIFIER = 0x334c4654;

    private static final int IDENTIFIER_AT = 4;
    private static final int VERSION = 3;

    @Override
    public String id() {
        return "tflite";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, IDENTIFIER_AT + Integer.BYTES);
        return start.remaining() == IDENTIFIER_AT + Integer.BYTES && start.getInt(IDENTIFIER_AT) == IDENTIFIER;
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var model = FlatTable.root(new FlatBytes(file));
        int version = model.int32(0);
        if (version != VERSION) {
            throw ModelFormatException.unsupported(
                    "a TensorFlow Lite model of version " + version + ", not " + VERSION);
        }
        var codes = codes(model.vector(1, Integer.BYTES, "operator codes"), limits);
        var buffers = new TfliteBuffers(file, model);
        var collector = new WeightCollector(file, limits);
        var budget = new HeaderBudget(limits);
        var layout = new TfliteLayout(collector, buffers, budget);
        var graphs = model.vector(2, Integer.BYTES, "subgraphs");
        checkCount("subgraphs", graphs.count(), limits);
        for (int i = 0; i < graphs.count(); i++) {
            var graph = new TfliteGraph(graphs.table(i, "subgraph " + i), codes, limits, budget);
            graph.count(collector, buffers);
            layout.add(graph);
        }
        var weights = collector.weights(id());
        var custom = customCode(model.vector(1, Integer.BYTES, "operator codes"), codes);
        if (weights.layers().isEmpty() && weights.tensors() > 0 && custom != null) {
            throw ModelFormatException.unsupported(
                    "the only weights are those of custom operators, which are not read: " + custom);
        }
        return weights;
    }

    /** The name of the first operator that is none of TensorFlow Lite's own, such as a whole model compiled for a processor; null if there is none. */
    private static String customCode(FlatVector rows, int[] codes) throws IOException {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] == TfliteOperator.CUSTOM) {
                return rows.table(i, "operator code " + i).text(1, "custom code");
            }
        }
        return null;
    }

    /** Codes above 127 do not fit the older of two fields, so the greater of both counts. */
    private static int[] codes(FlatVector rows, ReadLimits limits) throws IOException {
        checkCount("operator codes", rows.count(), limits);
        var codes = new int[rows.count()];
        for (int i = 0; i < codes.length; i++) {
            var row = rows.table(i, "operator code " + i);
            codes[i] = Math.max(row.int8(0), row.int32(3));
        }
        return codes;
    }

    private static void checkCount(String what, int count, ReadLimits limits) throws ModelFormatException {
        if (count > limits.maxTensors()) {
            throw ModelFormatException.tooLarge(
                    what + ": " + count + ", more than maxTensors = " + limits.maxTensors());
        }
    }
}
