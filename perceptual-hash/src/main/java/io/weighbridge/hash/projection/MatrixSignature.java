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
 * The signature of a matrix both of whose sides may be reordered. Its sums are too few to tell channels apart, so a channel is described by (Σv, Σ|v|), v being
 * the balanced weights, and by what random waves of its neighbours' descriptions on the other side add up to, weighted by |v|: those of the inputs'
 * sums for an output, those of all that describes an output for an input. The signature is Σ_{o,i} a[o, ·] · v[o, i] · b[i, ·], a and b random waves
 * of the descriptions.
 *
 * <p>Hops are weighted by |v|, not v: Σ v would share its noise with the signature, and all large matrices of independent weights would look alike.
 */
final class MatrixSignature {

    private static final int HOPS = 4;
    private static final int OUTPUT_FEATURES = 8;
    private static final int INPUT_FEATURES = 64;
    private static final double FREQUENCY = .6;

    /** How long every signature is. */
    static final int LENGTH = OUTPUT_FEATURES * INPUT_FEATURES;

    private final Kernels kernels;
    private final int outputs;
    private final Tiling tiling;
    private final Balance balance;
    private final Consumer<double[]> done;
    private Channels inputSums;

    private MatrixSignature(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        this.kernels = kernels;
        this.outputs = layer.outputs();
        this.tiling = Tiling.ofRows(layer);
        this.balance = new Balance(kernels, layer);
        this.done = done;
    }

    /** The first look at a layer whose signature, at unit length, goes to {@code done} after the last. */
    static LayerPass of(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        var signature = new MatrixSignature(kernels, layer, done);
        return signature.balance.rounds(Balance.rounds(layer.size()) - 1, () -> signature.new Inputs());
    }

    private List<float[][]> columns(int count) {
        var columns = new ArrayList<float[][]>();
        for (int i = 0; i < count; i++) {
            columns.add(tiling.zeros());
        }
        return columns;
    }

    /** In units of the balanced weights: times the factors of the inputs. */
    private Channels balanced(List<float[][]> columns) {
        for (var column : columns) {
            for (int t = 0; t < column.length; t++) {
                for (int j = 0; j < column[t].length; j++) {
                    column[t][j] *= balance.inputFactors(t)[j];
                }
            }
        }
        return new Channels(kernels, tiling, columns);
    }

    /** The last round of the balance, and the sums of the inputs. */
    private final class Inputs implements LayerPass {

        private final List<float[][]> sums = columns(2);

        @Override
        public void rows(RowBlock rows) {
            float[] factors = balance.round(rows);
            for (int t = 0; t < tiling.tiles(); t++) {
                kernels.addRows(sums.get(0)[t], rows.near(t), factors, tiling.length(t));
                kernels.addSizes(sums.get(1)[t], rows.near(t), factors, tiling.length(t));
            }
        }

        @Override
        public LayerPass next() {
            balance.endRound();
            inputSums = balanced(sums).standardised();
            return new Outputs();
        }
    }

    /** Describes the outputs: sums, and what the waves of the inputs add up to. */
    private final class Outputs implements LayerPass {

        private final Channels waves = balanced(copies(inputSums.waves("hb", HOPS, FREQUENCY)));
        private final float[] described = new float[(2 + HOPS) * outputs];
        private final float[][] lanes = new float[3 + HOPS][tiling.longest()];

        private List<float[][]> copies(Channels channels) {
            var copies = new ArrayList<float[][]>();
            for (int h = 0; h < channels.width(); h++) {
                copies.add(channels.feature(h));
            }
            return copies;
        }

        @Override
        public void rows(RowBlock rows) {
            for (int r = 0; r < rows.count(); r++) {
                for (var lane : lanes) {
                    Arrays.fill(lane, 0);
                }
                for (int t = 0; t < tiling.tiles(); t++) {
                    look(rows.near(t)[r], t);
                }
                float factor = balance.keep(rows, r, kernels.sum(lanes[0], lanes[0].length));
                for (int d = 0; d < 2 + HOPS; d++) {
                    described[(rows.from() + r) * (2 + HOPS) + d] =
                            factor * kernels.sum(lanes[1 + d], lanes[1 + d].length);
                }
            }
        }

        private void look(float[] w, int t) {
            int n = tiling.length(t);
            kernels.describe(w, balance.inputFactors(t), lanes[0], lanes[1], lanes[2], n);
            for (int h = 0; h < HOPS; h += 2) {
                kernels.addSizeProducts(lanes[3 + h], lanes[4 + h], w, waves.feature(h)[t], waves.feature(h + 1)[t], n);
            }
        }

        @Override
        public LayerPass next() {
            return new Gather(Channels.ofRows(kernels, described, 2 + HOPS).standardised());
        }
    }

    /** Sums the outputs, weighted by waves of their descriptions. */
    private final class Gather implements LayerPass {

        private final Channels waves;
        private final Channels features;
        private final List<float[][]> toInputs = columns(HOPS);
        private final List<float[][]> gathered = columns(OUTPUT_FEATURES);
        private final float[][] weights = new float[HOPS + OUTPUT_FEATURES][RowBlock.ROWS];

        Gather(Channels outputs) {
            waves = outputs.waves("ha", HOPS, FREQUENCY);
            features = outputs.waves("a", OUTPUT_FEATURES, FREQUENCY);
        }

        @Override
        public void rows(RowBlock rows) {
            weigh(rows);
            for (int t = 0; t < tiling.tiles(); t++) {
                for (int h = 0; h < HOPS; h++) {
                    kernels.addSizes(toInputs.get(h)[t], rows.near(t), weights[h], tiling.length(t));
                }
                for (int a = 0; a < OUTPUT_FEATURES; a++) {
                    kernels.addRows(gathered.get(a)[t], rows.near(t), weights[HOPS + a], tiling.length(t));
                }
            }
        }

        private void weigh(RowBlock rows) {
            float[] factors = balance.factors(rows);
            for (int r = 0; r < RowBlock.ROWS; r++) {
                int output = Math.min(rows.from() + r, outputs - 1);
                for (int h = 0; h < HOPS; h++) {
                    weights[h][r] = factors[r] * waves.get(output, h);
                }
                for (int a = 0; a < OUTPUT_FEATURES; a++) {
                    weights[HOPS + a][r] = factors[r] * features.get(output, a);
                }
            }
        }

        @Override
        public LayerPass next() {
            var inputs = inputSums.beside(balanced(toInputs).standardised()).waves("b", INPUT_FEATURES, FREQUENCY);
            var sums = balanced(gathered);
            var lanes = inputs.lanes();
            var signature = new double[LENGTH];
            for (int a = 0; a < OUTPUT_FEATURES; a++) {
                inputs.products(sums.feature(a), lanes, signature, a * INPUT_FEATURES);
            }
            Vectors.root(signature, 0, LENGTH);
            done.accept(Vectors.normalise(signature));
            return null;
        }
    }
}
