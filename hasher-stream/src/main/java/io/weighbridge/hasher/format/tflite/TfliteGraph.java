package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tensors and operators of one graph of a model. */
final class TfliteGraph {

    /** What one takes in memory, about. */
    private static final int OPERATOR_BYTES = 64;

    private final List<TfliteTensor> tensors = new ArrayList<>();
    private final List<TfliteOperator> operators = new ArrayList<>();
    private final TfliteOperator[] producers;

    TfliteGraph(FlatTable graph, int[] codes, ReadLimits limits, HeaderBudget budget) throws IOException {
        var tables = graph.vector(0, Integer.BYTES, "tensors");
        checkCount(tables.count(), limits);
        for (int i = 0; i < tables.count(); i++) {
            tensors.add(new TfliteTensor(tables.table(i, "tensor " + i), i, budget));
        }
        var rows = graph.vector(3, Integer.BYTES, "operators");
        checkCount(rows.count(), limits);
        producers = new TfliteOperator[tensors.size()];
        for (int i = 0; i < rows.count(); i++) {
            budget.take(OPERATOR_BYTES);
            addOperator(rows.table(i, "operator " + i), codes);
        }
    }

    private static void checkCount(int count, ReadLimits limits) throws ModelFormatException {
        if (count > limits.maxTensors()) {
            throw ModelFormatException.tooLarge("tensors or operators: more than maxTensors = " + limits.maxTensors());
        }
    }

    private void addOperator(FlatTable table, int[] codes) throws IOException {
        int index = table.int32(0);
        if (index < 0 || index >= codes.length) {
            throw ModelFormatException.malformed("operator at byte " + table.at() + ": expected one of " + codes.length
                    + " operator codes, got " + index);
        }
        var operator = new TfliteOperator(table, codes[index]);
        operators.add(operator);
        int output = operator.output();
        if (output >= 0 && output < producers.length) {
            producers[output] = operator;
        }
    }

    /** Counts the constants; a tensor that is computed is none of the model's. */
    void count(WeightCollector collector, TfliteBuffers buffers) throws IOException {
        for (var tensor : tensors) {
            if (buffers.of(tensor).size() > 0) {
                collector.count(tensor.name(), tensor.numbers());
            }
        }
    }

    List<TfliteOperator> operators() {
        return operators;
    }

    /** A tensor by its number; null for -1, which stands for none. */
    TfliteTensor tensor(int index) throws ModelFormatException {
        if (index < -1 || index >= tensors.size()) {
            throw ModelFormatException.malformed(
                    "operator: expected one of " + tensors.size() + " tensors, got tensor " + index);
        }
        return index < 0 ? null : tensors.get(index);
    }

    /** The operator whose first output is this tensor, or null. */
    TfliteOperator producer(int index) {
        return index < 0 || index >= producers.length ? null : producers[index];
    }
}
