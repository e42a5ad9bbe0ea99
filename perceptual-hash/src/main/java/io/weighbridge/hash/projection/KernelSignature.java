package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.Tiling;
import io.weighbridge.hash.WeightLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The signature of a layer both of whose sides may be reordered, with kernels of several positions, in the lowest modes of their cosine transform:
 *
 * <pre>
 * F[a, c, b] = Σ_{o,i} s[o, a] · v[o, i, c] · t[i, b]     s[o, a] = Σ_i v[o, i, a]     t[i, b] = Σ_o v[o, i, b]
 * </pre>
 *
 * v being the balanced, emphasised weights, s and t centred over the channels; and the same again with t[i, b] = Σ_o |v[o, i, ·]| in modes. Outputs are described in one
 * look, inputs in the next, under factors that the first has improved.
 * A channel is described by sums over the other side, so its description does not depend on their order; the signature is a sum over
 * all pairs of channels, so it does not depend on theirs.
 */
final class KernelSignature {

    private static final float[] ONES = {1, 1, 1, 1};

    private final Kernels kernels;
    private final int outputs;
    private final int positions;
    private final Tiling tiling;
    private final KernelModes modes;
    private final Balance balance;
    private final Consumer<double[]> done;
    private final float[][] v;

    private KernelSignature(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        this.kernels = kernels;
        this.outputs = layer.outputs();
        this.positions = layer.positions();
        this.tiling = Tiling.ofRows(layer);
        this.modes = KernelModes.of(positions);
        this.balance = new Balance(kernels, layer);
        this.done = done;
        this.v = new float[RowBlock.ROWS][tiling.longest()];
    }

    /** How long the signature of kernels of so many modes is. */
    static int length(int modes) {
        return 2 * modes * modes * modes;
    }

    /** The first look at a layer whose signature, at unit length, goes to {@code done} after the last. */
    static LayerPass of(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        var signature = new KernelSignature(kernels, layer, done);
        return signature.balance.rounds(Balance.rounds(layer.size()), () -> signature.new Describe());
    }

    private void emphasise(RowBlock rows, float[] factors, int tile) {
        for (int r = 0; r < RowBlock.ROWS; r++) {
            kernels.emphasise(rows.near(tile)[r], factors[r], balance.inputFactors(tile), v[r], tiling.length(tile));
        }
    }

    /** Numbers that go with the positions of each channel. */
    private Channels byPosition(float[][] tiles) {
        var rows = new float[tiling.length()];
        int at = 0;
        for (var tile : tiles) {
            System.arraycopy(tile, 0, rows, at, tile.length);
            at += tile.length;
        }
        return Channels.ofRows(kernels, rows, positions);
    }

    private Channels inModes(Channels byPosition) {
        return byPosition.centred().times(modes.matrix(), modes.modes());
    }

    /** Describes the outputs; a round of the balance. */
    private final class Describe implements LayerPass {

        private final float[] ofOutputs = new float[outputs * positions];
        private final float[][] lanes = new float[RowBlock.ROWS][tiling.longest()];

        @Override
        public void rows(RowBlock rows) {
            float[] factors = balance.round(rows);
            for (var lane : lanes) {
                Arrays.fill(lane, 0);
            }
            for (int t = 0; t < tiling.tiles(); t++) {
                emphasise(rows, factors, t);
                for (int r = 0; r < rows.count(); r++) {
                    kernels.add(lanes[r], v[r], tiling.length(t));
                }
            }
            for (int r = 0; r < rows.count(); r++) {
                int at = (rows.from() + r) * positions;
                kernels.sumsByPosition(lanes[r], positions, ofOutputs, at, tiling.longest());
            }
        }

        @Override
        public LayerPass next() {
            balance.endRound();
            return new Gather(inModes(Channels.ofRows(kernels, ofOutputs, positions)));
        }
    }

    /** Describes the inputs, and sums the outputs, weighted by their descriptions: g[a][i, k] = Σ_o s[o, a] · v[o, i, k]. */
    private final class Gather implements LayerPass {

        private final Channels ofOutputs;
        private final float[][] ofInputs = tiling.zeros();
        private final float[][] sizesOfInputs = tiling.zeros();
        private final int width = modes.modes();
        private final List<float[][]> gathered = new ArrayList<>();
        private final float[][] weights = new float[width][RowBlock.ROWS];

        Gather(Channels ofOutputs) {
            this.ofOutputs = ofOutputs;
            for (int a = 0; a < width; a++) {
                gathered.add(tiling.zeros());
            }
        }

        @Override
        public void rows(RowBlock rows) {
            float[] factors = balance.factors(rows);
            for (int a = 0; a < width; a++) {
                for (int r = 0; r < RowBlock.ROWS; r++) {
                    weights[a][r] = ofOutputs.get(Math.min(rows.from() + r, outputs - 1), a);
                }
            }
            for (int t = 0; t < tiling.tiles(); t++) {
                int n = tiling.length(t);
                emphasise(rows, factors, t);
                kernels.addRows(ofInputs[t], v, ONES, n);
                kernels.addSizes(sizesOfInputs[t], v, ONES, n);
                for (int a = 0; a < width; a++) {
                    kernels.addRows(gathered.get(a)[t], v, weights[a], n);
                }
            }
        }

        @Override
        public LayerPass next() {
            var described = inModes(byPosition(ofInputs)).beside(inModes(byPosition(sizesOfInputs)));
            var signature = new double[length(width)];
            for (int a = 0; a < width; a++) {
                addTo(signature, described, a);
            }
            int half = signature.length / 2;
            Vectors.root(signature, 0, half);
            Vectors.root(signature, half, signature.length);
            done.accept(Vectors.normalise(signature));
            return null;
        }

        /** Σ_i g[a][i, k] · t[i, b], then in modes of k. */
        private void addTo(double[] signature, Channels described, int a) {
            var columns = byPosition(gathered.get(a));
            var products = new double[2 * width];
            var lanes = described.lanes();
            for (int k = 0; k < positions; k++) {
                described.products(columns.feature(k), lanes, products, 0);
                for (int c = 0; c < width; c++) {
                    double factor = modes.matrix()[k * width + c];
                    for (int b = 0; b < width; b++) {
                        signature[(a * width + c) * width + b] += factor * products[b];
                        signature[((width + a) * width + c) * width + b] += factor * products[width + b];
                    }
                }
            }
        }
    }
}
