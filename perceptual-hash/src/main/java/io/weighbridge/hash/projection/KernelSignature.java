package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.WeightLayer;
import java.util.function.Consumer;

/**
 * The signature of a layer both of whose sides may be reordered, with kernels of several positions, in the lowest modes of their cosine transform:
 *
 * <pre>
 * F[a, c, b] = Σ_{o,i} s[o, a] · v[o, i, c] · t[i, b]     s[o, a] = Σ_i v[o, i, a]     t[i, b] = Σ_o v[o, i, b]
 * </pre>
 *
 * v being the balanced, emphasised weights, s and t centred over the channels; and the same again with t[i, b] = Σ_o |v[o, i, ·]| in modes.
 * A channel is described by sums over the other side, so its description does not depend on their order; the signature is a sum over
 * all pairs of channels, so it does not depend on theirs.
 */
final class KernelSignature {

    private final Kernels kernels;
    private final int outputs;
    private final int inputs;
    private final int positions;
    private final int length;
    private final KernelModes modes;
    private final Balance balance;
    private final Consumer<double[]> done;
    private final float[] v;

    private KernelSignature(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        this.kernels = kernels;
        this.outputs = layer.outputs();
        this.inputs = layer.inputs();
        this.positions = layer.positions();
        this.length = inputs * positions;
        this.modes = KernelModes.of(positions);
        this.balance = new Balance(kernels, layer);
        this.done = done;
        this.v = new float[length];
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

    private void emphasised(int output, float[] w) {
        balance.apply(output, w, v);
        kernels.emphasise(v, length);
    }

    /** Describes the channels of both sides. */
    private final class Describe implements LayerPass {

        private final float[] ofOutputs = new float[outputs * positions];
        private final float[] ofInputs = new float[length];
        private final float[] sizesOfInputs = new float[length];
        private final float[] sizes = new float[length];

        @Override
        public void row(int output, float[] w) {
            balance.find(output, w);
            emphasised(output, w);
            kernels.sumsByPosition(v, positions, ofOutputs, output * positions, length);
            kernels.addScaled(ofInputs, 1, v, length);
            kernels.absolute(v, sizes, length);
            kernels.addScaled(sizesOfInputs, 1, sizes, length);
        }

        @Override
        public LayerPass next() {
            return new Gather(described(ofOutputs), described(ofInputs), described(sizesOfInputs));
        }

        private Channels described(float[] sums) {
            return new Channels(sums, positions).centred().times(modes.matrix(), modes.modes());
        }
    }

    /** Sums the outputs, weighted by their descriptions: g[a][i, k] = Σ_o s[o, a] · v[o, i, k]. */
    private final class Gather implements LayerPass {

        private final Channels ofOutputs;
        private final Channels ofInputs;
        private final Channels sizesOfInputs;
        private final int width = modes.modes();
        private final float[][] gathered = new float[width][length];

        Gather(Channels ofOutputs, Channels ofInputs, Channels sizesOfInputs) {
            this.ofOutputs = ofOutputs;
            this.ofInputs = ofInputs;
            this.sizesOfInputs = sizesOfInputs;
        }

        @Override
        public void row(int output, float[] w) {
            emphasised(output, w);
            for (int a = 0; a < width; a++) {
                kernels.addScaled(gathered[a], (float) ofOutputs.get(output, a), v, length);
            }
        }

        @Override
        public LayerPass next() {
            var signature = new double[length(width)];
            for (int a = 0; a < width; a++) {
                var row = new double[length];
                for (int j = 0; j < length; j++) {
                    row[j] = gathered[a][j];
                }
                double[] inModes = modes.of(row);
                ofInputs.addProducts(inModes, width, signature, a * width * width);
                sizesOfInputs.addProducts(inModes, width, signature, (width + a) * width * width);
            }
            int half = signature.length / 2;
            Vectors.root(signature, 0, half);
            Vectors.root(signature, half, signature.length);
            done.accept(Vectors.normalise(signature));
            return null;
        }
    }
}
