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
 * The signature of a matrix both of whose sides may be reordered. v being the balanced weights, an output is described by its moments
 *
 * <pre>
 * s[o, ·] = Σ_i v[o, i],  Σ_i |v[o, i]|,  Σ_i v[o, i]·|v[o, i]|,  Σ_i |v[o, i]|³
 * </pre>
 *
 * and an input by t[i, ·] = Σ_o v[o, i], Σ_o |v[o, i]| and Σ_o h[o, ·]·|v[o, i]|, h being random waves of the outputs' descriptions: what it is joined to.
 * The signature is Σ_{o,i} a[o, ·] · v[o, i] · b[i, ·], a and b random waves of s and t.
 *
 * <p>Waves reach the inputs weighted by |v|, not v: Σ h·v would share its noise with the signature, and all large matrices of independent weights would look
 * alike.
 */
final class MatrixSignature {

    private static final int MOMENTS = 4;
    private static final int HOPS = 6;
    private static final int OUTPUT_FEATURES = 8;
    private static final int INPUT_FEATURES = 64;

    private static final double FREQUENCY = .75;

    /** Waves of the inputs that are held at a time: what a call of {@link Channels#products} takes together. */
    private static final int WAVES_AT_A_TIME = 2;

    /** How long every signature is. */
    static final int LENGTH = OUTPUT_FEATURES * INPUT_FEATURES;

    private final Kernels kernels;
    private final int outputs;
    private final Tiling tiling;
    private final Balance balance;
    private final Consumer<double[]> done;

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
        return signature.balance.rounds(Balance.rounds(layer.size()), () -> signature.new Describe());
    }

    /** Describes the outputs. */
    private final class Describe implements LayerPass {

        private final float[] moments = new float[MOMENTS * outputs];
        private final float[][] lanes = new float[1 + MOMENTS][tiling.longest()];

        @Override
        public void rows(RowBlock rows) {
            float[] factors = balance.factors(rows);
            for (int r = 0; r < rows.count(); r++) {
                for (var lane : lanes) {
                    Arrays.fill(lane, 0);
                }
                for (int t = 0; t < tiling.tiles(); t++) {
                    look(rows.near(t)[r], factors[r], t);
                }
                float correction = balance.correct(rows, r, kernels.sum(lanes[0], lanes[0].length));
                keep(rows.from() + r, correction);
            }
        }

        private void look(float[] w, float factor, int t) {
            float[] columns = balance.inputFactors(t);
            kernels.describe(w, factor, columns, lanes[0], lanes[1], lanes[2], tiling.length(t));
            kernels.addPowers(w, factor, columns, lanes[3], lanes[4], tiling.length(t));
        }

        /** A power of the correction for each of the powers of v. */
        private void keep(int output, float correction) {
            float square = correction * correction;
            float[] powers = {correction, correction, square, square * correction};
            for (int m = 0; m < MOMENTS; m++) {
                moments[output * MOMENTS + m] = powers[m] * kernels.sum(lanes[1 + m], lanes[1 + m].length);
            }
        }

        @Override
        public LayerPass next() {
            return new Gather(Channels.ofRows(kernels, moments, MOMENTS).standardised());
        }
    }

    /** Describes the inputs, and sums the outputs, weighted by waves of their descriptions; the last round of the balance. */
    private final class Gather implements LayerPass {

        private final Channels hops;
        private final Channels features;
        private final List<float[][]> sums = columns(2);
        private final List<float[][]> reached = columns(HOPS);
        private final List<float[][]> gathered = columns(OUTPUT_FEATURES);
        private final float[][] weights = new float[HOPS + OUTPUT_FEATURES][RowBlock.ROWS];

        Gather(Channels outputs) {
            hops = outputs.waves("h", HOPS, FREQUENCY);
            features = outputs.waves("a", OUTPUT_FEATURES, FREQUENCY);
        }

        private List<float[][]> columns(int count) {
            var columns = new ArrayList<float[][]>();
            for (int i = 0; i < count; i++) {
                columns.add(tiling.zeros());
            }
            return columns;
        }

        @Override
        public void rows(RowBlock rows) {
            float[] factors = balance.factors(rows);
            balance.add(rows, factors);
            weigh(rows, factors);
            for (int t = 0; t < tiling.tiles(); t++) {
                int n = tiling.length(t);
                kernels.addRows(sums.get(0)[t], rows.near(t), factors, n);
                kernels.addSizes(sums.get(1)[t], rows.near(t), factors, n);
                for (int h = 0; h < HOPS; h++) {
                    kernels.addSizes(reached.get(h)[t], rows.near(t), weights[h], n);
                }
                for (int a = 0; a < OUTPUT_FEATURES; a++) {
                    kernels.addRows(gathered.get(a)[t], rows.near(t), weights[HOPS + a], n);
                }
            }
        }

        private void weigh(RowBlock rows, float[] factors) {
            for (int r = 0; r < RowBlock.ROWS; r++) {
                int output = Math.min(rows.from() + r, outputs - 1);
                for (int h = 0; h < HOPS; h++) {
                    weights[h][r] = factors[r] * hops.get(output, h);
                }
                for (int a = 0; a < OUTPUT_FEATURES; a++) {
                    weights[HOPS + a][r] = factors[r] * features.get(output, a);
                }
            }
        }

        @Override
        public LayerPass next() {
            balance.endRound();
            var described =
                    balanced(sums).standardised().beside(balanced(reached).standardised());
            var inputs = new Waves(kernels, described, "b", INPUT_FEATURES, FREQUENCY);
            var columns = balanced(gathered);
            var waves = inputs.room(WAVES_AT_A_TIME);
            var lanes = waves.lanes();
            var signature = new double[LENGTH];
            for (int b = 0; b < INPUT_FEATURES; b += WAVES_AT_A_TIME) {
                inputs.fill(waves, b);
                for (int a = 0; a < OUTPUT_FEATURES; a++) {
                    waves.products(columns.feature(a), lanes, signature, a * INPUT_FEATURES + b);
                }
            }
            Vectors.root(signature, 0, LENGTH);
            done.accept(Vectors.normalise(signature));
            return null;
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
    }
}
