package io.weighbridge.app.bench;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hash.WeightSlab;
import java.util.List;
import java.util.SplittableRandom;

/** A layer that lies in memory and is hashed where it lies. */
final class MemoryLayer implements WeightLayer {

    private static final long SEED = 50_16;

    private static final int UNIFORM_BITS = 21;

    private final LayerShape shape;
    private final float[] values;

    private MemoryLayer(LayerShape shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /** All layers of a network, filled with the same numbers in every run. */
    static List<MemoryLayer> of(NetworkShape network) {
        var random = new SplittableRandom(SEED);
        return network.layers().stream()
                .map(shape -> new MemoryLayer(shape, randomWeights(shape, random)))
                .toList();
    }

    private static float[] randomWeights(LayerShape shape, SplittableRandom random) {
        var weights = new float[shape.size()];
        float spread = (float) Math.sqrt(2.0 / (shape.inputs() * shape.positions()));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = spread * bell(random.nextLong());
        }
        return weights;
    }

    /** The sum s of three uniform numbers, about 0, with the tails of trained weights added: s + s³. */
    private static float bell(long bits) {
        float s = uniform(bits) + uniform(bits >> UNIFORM_BITS) + uniform(bits >> 2 * UNIFORM_BITS);
        return s + s * s * s;
    }

    /** From -0.5, inclusive, to 0.5, exclusive. */
    private static float uniform(long bits) {
        int range = 1 << UNIFORM_BITS;
        return (float) (bits & range - 1) / range - 0.5f;
    }

    LayerShape shape() {
        return shape;
    }

    /** The array itself, which nobody changes. */
    float[] values() {
        return values;
    }

    @Override
    public String name() {
        return shape.name();
    }

    @Override
    public LayerKind kind() {
        return shape.kind();
    }

    @Override
    public int outputs() {
        return shape.outputs();
    }

    @Override
    public int inputs() {
        return shape.inputs();
    }

    @Override
    public int positions() {
        return shape.positions();
    }

    @Override
    public void read(int fromOutput, int count, float[] target) {
        System.arraycopy(values, at(fromOutput), target, 0, at(count));
    }

    @Override
    public WeightSlab slab(int fromOutput, int count, float[] buffer) {
        return new WeightSlab(values, at(fromOutput));
    }

    private int at(int output) {
        return output * shape.inputs() * shape.positions();
    }
}
