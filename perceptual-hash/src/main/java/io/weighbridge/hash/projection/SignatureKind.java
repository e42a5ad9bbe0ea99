package io.weighbridge.hash.projection;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.WeightLayer;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * Which signature a layer gets; signatures of equal kinds are comparable, whatever the number of channels.
 *
 * @param size modes of a kernel, or of a filter for {@link Form#SET}
 */
record SignatureKind(Form form, int size) implements Comparable<SignatureKind> {

    /** How the signature is made. The ids are part of the algorithm. */
    enum Form {
        /** A set of filters whose inputs have a fixed order: first layers and depthwise ones. */
        SET(1, 1, 1.0),
        /** Both sides of the layer may be reordered; kernels have several positions. */
        KERNELS(2, 2, 1.0),
        /** Both sides may be reordered, one position. Carries less that survives a change, so it counts less. */
        POINTWISE(3, 3, .3),
        /** As {@link #POINTWISE}, and comparable with it, but unrelated layers share something else. */
        DENSE(4, 3, .3);

        private final int id;
        private final int basis;
        private final double weight;

        Form(int id, int basis, double weight) {
            this.id = id;
            this.basis = basis;
            this.weight = weight;
        }

        int id() {
            return id;
        }

        /** Forms of one basis are projected alike. */
        int basis() {
            return basis;
        }

        /** What a layer of this form counts in the code. */
        double weight() {
            return weight;
        }
    }

    /** The inputs of a picture: channels of a first layer are never reordered. */
    private static final int MAX_PICTURE_INPUTS = 4;

    private static final Comparator<SignatureKind> ORDER =
            Comparator.<SignatureKind>comparingInt(kind -> kind.form.id).thenComparingInt(SignatureKind::size);

    static SignatureKind of(WeightLayer layer) {
        int modes = KernelModes.modes(layer.positions());
        if (layer.kind() == LayerKind.DEPTHWISE || (layer.inputs() <= MAX_PICTURE_INPUTS && layer.positions() > 1)) {
            return new SignatureKind(Form.SET, layer.inputs() * modes);
        }
        if (layer.positions() > 1) {
            return new SignatureKind(Form.KERNELS, modes);
        }
        return new SignatureKind(layer.kind() == LayerKind.DENSE ? Form.DENSE : Form.POINTWISE, modes);
    }

    /** The first look at a layer of this kind, whose signature goes to {@code done} after the last: of this length, at unit length; zeros if the weights are. */
    LayerPass begin(Kernels kernels, WeightLayer layer, Consumer<double[]> done) {
        return switch (form) {
            case SET -> SetSignature.of(kernels, layer, size, done);
            case KERNELS -> KernelSignature.of(kernels, layer, done);
            case POINTWISE, DENSE -> MatrixSignature.of(kernels, layer, done);
        };
    }

    /** Length of a signature of this kind. */
    int length() {
        return switch (form) {
            case SET -> SetSignature.LENGTH;
            case KERNELS -> KernelSignature.length(size);
            case POINTWISE, DENSE -> MatrixSignature.LENGTH;
        };
    }

    @Override
    public int compareTo(SignatureKind other) {
        return ORDER.compare(this, other);
    }
}
