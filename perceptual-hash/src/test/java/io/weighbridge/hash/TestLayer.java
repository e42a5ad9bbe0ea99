package io.weighbridge.hash;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A layer in memory. */
public final class TestLayer implements WeightLayer {

    private final String name;
    private final LayerKind kind;
    private final int outputs;
    private final int inputs;
    private final int positions;
    private final float[] weights;

    public TestLayer(String name, LayerKind kind, int outputs, int inputs, int positions, float[] weights) {
        this.name = name;
        this.kind = kind;
        this.outputs = outputs;
        this.inputs = inputs;
        this.positions = positions;
        this.weights = weights.clone();
        if (weights.length != size()) {
            throw new IllegalArgumentException(name + ": expected " + size() + " weights, got " + weights.length);
        }
    }

    /** A layer with the weight at each index of W[o, i, k], row-major. */
    public static TestLayer of(
            String name, LayerKind kind, int outputs, int inputs, int positions, IntToDoubleFunction weight) {
        var weights = new float[outputs * inputs * positions];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) weight.applyAsDouble(i);
        }
        return new TestLayer(name, kind, outputs, inputs, positions, weights);
    }

    /** This layer with other weights, in the same places. */
    public TestLayer with(IntToDoubleFunction weight) {
        return of(name, kind, outputs, inputs, positions, weight);
    }

    /** This layer under another name. */
    public TestLayer named(String other) {
        return new TestLayer(other, kind, outputs, inputs, positions, weights);
    }

    /** The weight at W[output, input, position]. */
    public float weight(int output, int input, int position) {
        return weights[(output * inputs + input) * positions + position];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LayerKind kind() {
        return kind;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int positions() {
        return positions;
    }

    @Override
    public void read(int fromOutput, int count, float[] target) {
        int row = inputs * positions;
        System.arraycopy(weights, fromOutput * row, target, 0, count * row);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(new int[] {outputs, inputs, positions});
    }
}
