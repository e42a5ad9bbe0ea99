package io.weighbridge.hash.projection;

import io.weighbridge.hash.WeightLayer;

/**
 * What a layer's weights are, whatever the order of its channels and whatever positive factors were moved between them: a vector of
 * random sign for independent networks, and nearly the same for copies.
 *
 * <p>Each channel is described by sums over the channels of the other side, so that its description does not depend on their order; the
 * signature is the sum over all pairs of channels of weight × description × description, so that it does not depend on theirs.
 */
final class LayerSignature {

    static final int SET_FEATURES = 256;
    static final int MATRIX_FEATURES = 16;

    private static final double SET_FREQUENCY = 2;
    private static final double MATRIX_FREQUENCY = .4;
    private static final int HOP_FEATURES = 4;
    private static final int BALANCE_ROUNDS = 5;

    private final float[] w;
    private final int positions;
    private final double[] rows;
    private final double[] columns;

    private LayerSignature(WeightLayer layer, float[] w) {
        this.w = w;
        this.positions = layer.positions();
        this.rows = new double[layer.outputs()];
        this.columns = new double[layer.inputs()];
    }

    /** A vector of the kind's length, of unit length; zeros if the weights are. */
    static double[] of(SignatureKind kind, WeightLayer layer, float[] weights) {
        var signature = new LayerSignature(layer, weights);
        return switch (kind.form()) {
            case SET -> normalised(signature.ofSet(kind.size()));
            case KERNELS -> normalised(rooted(normalised(signature.ofKernels())));
            case POINTWISE, DENSE -> normalised(rooted(normalised(signature.ofMatrix())));
        };
    }

    /** The vector at unit length, in place; zeros stay. */
    static double[] normalised(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        if (sum > 0) {
            double scale = 1 / Math.sqrt(sum);
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= scale;
            }
        }
        return vector;
    }

    /** The roots of the sizes, signs kept, in place: a few large entries must not make unrelated networks look alike. */
    private static double[] rooted(double[] vector) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Math.copySign(Math.sqrt(Math.abs(vector[i])), vector[i]);
        }
        return vector;
    }

    /** Σ_o wave(R f_o) over the filters f_o at unit root mean square. */
    private double[] ofSet(int size) {
        int length = columns.length * positions;
        var modes = positions > KernelModes.modes(positions) ? KernelModes.of(positions) : null;
        var directions = new double[size * SET_FEATURES];
        var basis = new BasisStream("set", size);
        for (int i = 0; i < directions.length; i++) {
            directions[i] = basis.normal(i) * SET_FREQUENCY / (2 * Math.PI) / Math.sqrt(size);
        }
        var sums = new double[SET_FEATURES];
        var filter = new double[length];
        for (int o = 0; o < rows.length; o++) {
            for (int i = 0; i < length; i++) {
                filter[i] = w[o * length + i];
            }
            addWaves(unit(modes == null ? filter.clone() : modes.of(filter)), directions, sums);
        }
        return sums;
    }

    private static void addWaves(double[] filter, double[] directions, double[] sums) {
        var angles = new double[SET_FEATURES];
        for (int j = 0; j < filter.length; j++) {
            for (int m = 0; m < SET_FEATURES; m++) {
                angles[m] += filter[j] * directions[j * SET_FEATURES + m];
            }
        }
        for (int m = 0; m < SET_FEATURES; m++) {
            sums[m] += ReferenceKernels.wave(angles[m]);
        }
    }

    private static double[] unit(double[] filter) {
        double sum = 0;
        for (double v : filter) {
            sum += v * v;
        }
        double scale = sum > 0 ? 1 / Math.sqrt(sum / filter.length) : 0;
        for (int i = 0; i < filter.length; i++) {
            filter[i] *= scale;
        }
        return filter;
    }

    /** F[a, c, b] = Σ_{o,i} s[o, a] · v[o, i, c] · t[i, b] with s and t the sums of v over the other side, in kernel modes. */
    private double[] ofKernels() {
        ReferenceKernels.balance(w, positions, BALANCE_ROUNDS, rows, columns);
        var s = new Channels(rows.length, positions);
        var t = new Channels(columns.length, positions);
        ReferenceKernels.channelSums(w, positions, rows, columns, s.values(), t.values());
        var modes = KernelModes.of(positions);
        int width = modes.modes();
        double[] outputs = s.centred().times(modes.matrix(), width).values();
        double[] inputs = t.centred().times(modes.matrix(), width).values();
        var signature = new double[width * width * width];
        var gathered = new double[positions * width];
        for (int o = 0; o < rows.length; o++) {
            ReferenceKernels.gather(w, o, positions, rows[o], columns, inputs, gathered);
            addOuter(outputs, o * width, inModes(gathered, modes), signature, width);
        }
        return signature;
    }

    /** From u[k, b] to u[c, b]. */
    private double[] inModes(double[] gathered, KernelModes modes) {
        int width = modes.modes();
        var result = new double[width * width];
        for (int k = 0; k < positions; k++) {
            for (int c = 0; c < width; c++) {
                double factor = modes.matrix()[k * width + c];
                for (int b = 0; b < width; b++) {
                    result[c * width + b] += factor * gathered[k * width + b];
                }
            }
        }
        return result;
    }

    /** Adds s[from + a] · u[j] to the signature, a over its rows. */
    private static void addOuter(double[] s, int from, double[] u, double[] signature, int width) {
        for (int a = 0; a < width; a++) {
            double factor = s[from + a];
            for (int j = 0; j < u.length; j++) {
                signature[a * u.length + j] += factor * u[j];
            }
        }
    }

    /**
     * With one position the sums are too few, so channels are described by random waves of their sums Σv and Σ|v|, and of what their
     * neighbours' waves add up to, weighted by |v|; the signature is Σ a[o] · v[o, i] · b[i], and the same of the third Hermite polynomial of v.
     */
    private double[] ofMatrix() {
        ReferenceKernels.balance(w, 1, BALANCE_ROUNDS, rows, columns);
        var s = new Channels(rows.length, 2);
        var t = new Channels(columns.length, 2);
        ReferenceKernels.matrixSums(w, rows, columns, s.values(), t.values());
        double[] wavesOfRows =
                s.standardised().waves("ha", HOP_FEATURES, MATRIX_FREQUENCY).values();
        double[] wavesOfColumns =
                t.standardised().waves("hb", HOP_FEATURES, MATRIX_FREQUENCY).values();
        var rowHop = new Channels(rows.length, HOP_FEATURES);
        var columnHop = new Channels(columns.length, HOP_FEATURES);
        ReferenceKernels.hop(w, rows, columns, wavesOfRows, wavesOfColumns, rowHop.values(), columnHop.values());
        var a = s.beside(rowHop.standardised()).waves("a", MATRIX_FEATURES, MATRIX_FREQUENCY);
        var b = t.beside(columnHop.standardised()).waves("b", MATRIX_FEATURES, MATRIX_FREQUENCY);
        return bilinear(a.values(), b.values());
    }

    private double[] bilinear(double[] a, double[] b) {
        int square = MATRIX_FEATURES * MATRIX_FEATURES;
        var linear = new double[square];
        var cubic = new double[square];
        var sums = new double[MATRIX_FEATURES];
        var cubicSums = new double[MATRIX_FEATURES];
        for (int o = 0; o < rows.length; o++) {
            ReferenceKernels.gatherMatrix(w, o, rows[o], columns, b, sums, cubicSums);
            addOuter(a, o * MATRIX_FEATURES, sums, linear, MATRIX_FEATURES);
            addOuter(a, o * MATRIX_FEATURES, cubicSums, cubic, MATRIX_FEATURES);
        }
        var signature = new double[2 * square];
        System.arraycopy(linear, 0, signature, 0, square);
        System.arraycopy(cubic, 0, signature, square, square);
        return signature;
    }
}
