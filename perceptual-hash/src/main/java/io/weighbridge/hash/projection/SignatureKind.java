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
public record SignatureKind(Form form, int size) implements Comparable<SignatureKind> {

    /** How the signature is made. The ids are part of the algorithm. */
    public enum Form {
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
        return of(layer.kind(), layer.inputs(), layer.positions());
    }

    /** The kind of a layer of that shape; the number of outputs does not matter. */
    public static SignatureKind of(LayerKind kind, int inputs, int positions) {
        int modes = KernelModes.modes(positions);
        if (kind == LayerKind.DEPTHWISE || (inputs <= MAX_PICTURE_INPUTS && positions > 1)) {
            return new SignatureKind(Form.SET, inputs * modes);
        }
        if (positions > 1) {
            return new SignatureKind(Form.KERNELS, modes);
        }
        return new SignatureKind(kind == LayerKind.DENSE ? Form.DENSE : Form.POINTWISE, modes);
    }

    /** Whether signatures of the two kinds are projected alike, so that their codes can be compared. */
    public boolean isComparable(SignatureKind other) {
        return form.basis == other.form.basis && size == other.size;
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
