package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.WeightLayer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The signature of a set of filters whose inputs have a fixed order, of first layers and depthwise ones: Σ_o wave(R f_o), f_o the filters at unit root mean
 * square, R a fixed random matrix (random features of the set: Rahimi and Recht, NIPS 2007).
 */
final class SetSignature implements LayerPass {

    /** How long every signature is. */
    static final int LENGTH = 512;

    private static final double FREQUENCY = 2;

    private final Kernels kernels;
    private final int length;
    private final KernelModes modes;
    private final float[][] directions;
    private final float[] angles = new float[LENGTH];
    private final float[] sums = new float[LENGTH];
    private final Consumer<double[]> done;

    private SetSignature(Kernels kernels, WeightLayer layer, int size, Consumer<double[]> done) {
        this.kernels = kernels;
        this.length = layer.inputs() * layer.positions();
        this.modes = KernelModes.of(layer.positions());
        this.done = done;
        this.directions = new float[size][LENGTH];
        var basis = new BasisStream("set", size);
        for (int i = 0; i < size * LENGTH; i++) {
            directions[i / LENGTH][i % LENGTH] =
                    (float) (basis.normal(i) * FREQUENCY / (2 * Math.PI) / Math.sqrt(size));
        }
    }

    /**
     * The only look at a layer whose signature, at unit length, goes to {@code done}.
     *
     * @param size numbers that a filter is described by: inputs × modes
     */
    static LayerPass of(Kernels kernels, WeightLayer layer, int size, Consumer<double[]> done) {
        return new SetSignature(kernels, layer, size, done);
    }

    @Override
    public void row(int output, float[] w) {
        var filter = new double[length];
        for (int i = 0; i < length; i++) {
            filter[i] = w[i];
        }
        double[] described = Vectors.normalise(modes.of(filter));
        Arrays.fill(angles, 0);
        double scale = Math.sqrt(described.length);
        for (int i = 0; i < described.length; i++) {
            kernels.addScaled(angles, (float) (described[i] * scale), directions[i], LENGTH);
        }
        kernels.wave(angles, LENGTH);
        kernels.addScaled(sums, 1, angles, LENGTH);
    }

    @Override
    public LayerPass next() {
        var signature = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            signature[i] = sums[i];
        }
        done.accept(Vectors.normalise(signature));
        return null;
    }
}
