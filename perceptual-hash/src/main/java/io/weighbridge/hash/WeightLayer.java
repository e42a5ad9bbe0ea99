package io.weighbridge.hash;

/**
 * One weight tensor of a model in canonical orientation W[o, i, k]: outputs × inputs × kernel positions, row-major, whatever layout its
 * framework stores. Biases, batch norm statistics and embeddings are not layers.
 */
public interface WeightLayer {

    /** The name in its file, e.g. {@code layer2.0.conv1.weight}; unique within a model. */
    String name();

    LayerKind kind();

    /** Output channels, at least 1. */
    int outputs();

    /** Input channels, at least 1. */
    int inputs();

    /** Kernel positions (height × width), at least 1; 1 for a dense layer. */
    int positions();

    /** Number of weights: outputs × inputs × positions. */
    default long size() {
        return Math.multiplyExact((long) outputs() * inputs(), positions());
    }

    /**
     * Reads the weights of {@code count} outputs from {@code fromOutput} on, row-major, to the start of {@code target}: count × inputs × positions
     * numbers; may be NaN or infinite. A call may read the file.
     *
     * @throws java.io.UncheckedIOException if the file can no longer be read
     */
    void read(int fromOutput, int count, float[] target);

    /** The same weights wherever they already lie; read into {@code buffer} if they lie nowhere yet. The caller only reads them. */
    default WeightSlab slab(int fromOutput, int count, float[] buffer) {
        read(fromOutput, count, buffer);
        return new WeightSlab(buffer, 0);
    }

    /**
     * All weights in row-major order, in a new array: ask once and let go.
     *
     * @throws IllegalStateException if there are more than an array can hold
     * @throws java.io.UncheckedIOException if the file can no longer be read
     */
    default float[] weights() {
        long size = size();
        if (size > Integer.MAX_VALUE) {
            throw new IllegalStateException("layer " + name() + ": " + size + " weights, more than an array can hold");
        }
        var weights = new float[(int) size];
        read(0, outputs(), weights);
        return weights;
    }
}
