package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.WeightLayer;
import java.util.function.Consumer;

/**
 * The signature of a matrix both of whose sides may be reordered. Its sums are too few to tell channels apart, so a channel is described by random waves of
 * (Σv, Σ|v|) and of what the waves of its neighbours on the other side add up to, weighted by |v|. The signature is Σ_{o,i} a[o, ·] · v[o, i] · b[i, ·], and
 * the same of the third Hermite polynomial of v, v being the balanced weights.
 *
 * <p>Hops are weighted by |v|, not v: Σ v would share its noise with the signature, and all large matrices of independent weights would look alike.
 */
final class MatrixSignature {

    private static final int HOPS = 4;
    private static final int OUTPUT_FEATURES = 8;
    private static final int INPUT_FEATURES = 32;
    private static final double FREQUENCY = .6;

    /** How long every signature is. */
    static final int LENGTH = 2 * OUTPUT_FEATURES * INPUT_FEATURES;

    private final Kernels kernels;
    private final int outputs;
    private final int inputs;
    private final Balance balance;
    private final Consumer<double[]> done;
    private final float[] v;
    private final float[] other;
    private Channels ofOutputs;
    private Channels ofInputs;

    private MatrixSignature(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        this.kernels = kernels;
        this.outputs = layer.outputs();
        this.inputs = layer.inputs();
        this.balance = new Balance(kernels, layer);
        this.done = done;
        this.v = new float[inputs];
        this.other = new float[inputs];
    }

    /** The first look at a layer whose signature, at unit length, goes to {@code done} after the last. */
    static LayerPass of(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        var signature = new MatrixSignature(kernels, layer, done);
        return signature.balance.rounds(Balance.rounds(layer.size()), () -> signature.new Describe());
    }

    /** Sums of the weights, and of their sizes, for the channels of both sides. */
    private final class Describe implements LayerPass {

        private final float[] rowSums = new float[2 * outputs];
        private final float[] columnSums = new float[inputs];
        private final float[] columnSizes = new float[inputs];

        @Override
        public void row(int output, float[] w) {
            balance.find(output, w);
            balance.apply(output, w, v);
            rowSums[2 * output] = kernels.sum(v, inputs);
            kernels.addScaled(columnSums, 1, v, inputs);
            kernels.absolute(v, other, inputs);
            rowSums[2 * output + 1] = kernels.sum(other, inputs);
            kernels.addScaled(columnSizes, 1, other, inputs);
        }

        @Override
        public LayerPass next() {
            ofOutputs = new Channels(rowSums, 2).standardised();
            ofInputs = Channels.ofFeatures(columnSums, columnSizes).standardised();
            return new Hop();
        }
    }

    /** What the waves of a channel's neighbours add up to. */
    private final class Hop implements LayerPass {

        private final Channels wavesOfOutputs = ofOutputs.waves("ha", HOPS, FREQUENCY);
        private final float[][] wavesOfInputs =
                ofInputs.waves("hb", HOPS, FREQUENCY).byFeature();
        private final float[] toOutputs = new float[HOPS * outputs];
        private final float[][] toInputs = new float[HOPS][inputs];
        private final float[] scratch = new float[inputs];

        @Override
        public void row(int output, float[] w) {
            balance.apply(output, w, v);
            kernels.absolute(v, other, inputs);
            for (int h = 0; h < HOPS; h++) {
                kernels.addScaled(toInputs[h], (float) wavesOfOutputs.get(output, h), other, inputs);
                toOutputs[output * HOPS + h] = kernels.dot(other, wavesOfInputs[h], scratch, inputs);
            }
        }

        @Override
        public LayerPass next() {
            ofOutputs = ofOutputs
                    .beside(new Channels(toOutputs, HOPS).standardised())
                    .waves("a", OUTPUT_FEATURES, FREQUENCY);
            ofInputs = ofInputs.beside(Channels.ofFeatures(toInputs).standardised())
                    .waves("b", INPUT_FEATURES, FREQUENCY);
            return new Gather();
        }
    }

    /** Sums the outputs, weighted by their descriptions. */
    private final class Gather implements LayerPass {

        private final float[][] linear = new float[OUTPUT_FEATURES][inputs];
        private final float[][] cubic = new float[OUTPUT_FEATURES][inputs];

        @Override
        public void row(int output, float[] w) {
            balance.apply(output, w, v);
            kernels.hermite(v, other, inputs);
            for (int a = 0; a < OUTPUT_FEATURES; a++) {
                float feature = (float) ofOutputs.get(output, a);
                kernels.addScaled(linear[a], feature, v, inputs);
                kernels.addScaled(cubic[a], feature, other, inputs);
            }
        }

        @Override
        public LayerPass next() {
            var signature = new double[LENGTH];
            addTo(signature, linear, 0);
            addTo(signature, cubic, LENGTH / 2);
            Vectors.root(signature, 0, LENGTH);
            done.accept(Vectors.normalise(signature));
            return null;
        }

        private void addTo(double[] signature, float[][] gathered, int from) {
            for (int a = 0; a < OUTPUT_FEATURES; a++) {
                var row = new double[inputs];
                for (int i = 0; i < inputs; i++) {
                    row[i] = gathered[a][i];
                }
                ofInputs.addProducts(row, 1, signature, from + a * INPUT_FEATURES);
            }
        }
    }
}
