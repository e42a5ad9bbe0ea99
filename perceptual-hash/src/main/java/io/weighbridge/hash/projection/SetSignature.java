package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.RowBlock;
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
    private final float[][][] directions;
    private final float[] weights = new float[RowBlock.ROWS];
    private final float[] angles = new float[LENGTH];
    private final float[] sums = new float[LENGTH];
    private final Consumer<double[]> done;

    private SetSignature(Kernels kernels, WeightLayer layer, int size, Consumer<double[]> done) {
        this.kernels = kernels;
        this.length = layer.inputs() * layer.positions();
        this.modes = KernelModes.of(layer.positions());
        this.done = done;
        this.directions = new float[(size + RowBlock.ROWS - 1) / RowBlock.ROWS][RowBlock.ROWS][LENGTH];
        var basis = new BasisStream("set", size);
        for (int i = 0; i < size * LENGTH; i++) {
            int direction = i / LENGTH;
            directions[direction / RowBlock.ROWS][direction % RowBlock.ROWS][i % LENGTH] =
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
    public void rows(RowBlock rows) {
        for (int r = 0; r < rows.count(); r++) {
            double[] described = Vectors.normalise(modes.of(filter(rows, r)));
            Arrays.fill(angles, 0);
            double scale = Math.sqrt(described.length);
            for (int i = 0; i < described.length; i += RowBlock.ROWS) {
                for (int d = 0; d < RowBlock.ROWS; d++) {
                    weights[d] = i + d < described.length ? (float) (described[i + d] * scale) : 0;
                }
                kernels.addRows(angles, directions[i / RowBlock.ROWS], weights, LENGTH);
            }
            kernels.wave(angles, LENGTH);
            kernels.add(sums, angles, LENGTH);
        }
    }

    private double[] filter(RowBlock rows, int row) {
        var filter = new double[length];
        int i = 0;
        for (int t = 0; t < rows.tiling().tiles(); t++) {
            for (float w : rows.near(t)[row]) {
                filter[i++] = w;
            }
        }
        return filter;
    }

    @Override
    public LayerPass next() {
        done.accept(Vectors.normalise(Vectors.widened(sums)));
        return null;
    }
}
