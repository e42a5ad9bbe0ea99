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

    /** Number of weights: outputs × inputs × positions, at most {@link Integer#MAX_VALUE}. */
    default int size() {
        return Math.multiplyExact(Math.multiplyExact(outputs(), inputs()), positions());
    }

    /**
     * The weights in row-major order, {@link #size()} numbers; may be NaN or infinite. A call may read the file, so ask once and let
     * go: only one layer need be in memory at a time. The caller may overwrite the array.
     *
     * @throws java.io.UncheckedIOException if the file can no longer be read
     */
    float[] weights();
}
