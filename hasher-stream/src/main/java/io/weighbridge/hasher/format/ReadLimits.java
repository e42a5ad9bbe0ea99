package io.weighbridge.hasher.format;

/**
 * Bounds on what a reader may take on. Exceeded, they give TOO_LARGE with the limit's name.
 *
 * @param maxHeaderBytes largest header, pickle, graph or directory held in memory
 * @param maxTensors most tensors in one file
 * @param maxTensorWeights most numbers in one tensor; what reading takes in memory depends on its outputs, not on this
 * @param maxEntries most entries in one archive
 * @param maxInflatedBytes most bytes that compressed entries of one file may give
 */
public record ReadLimits(
        long maxHeaderBytes, int maxTensors, long maxTensorWeights, int maxEntries, long maxInflatedBytes) {

    /**
     * Room for every public model: 64 MiB of header, 100,000 tensors, 2³⁶ weights a tensor, 8 GiB inflated. Layers are read by slabs of outputs, so a
     * tensor may be as large as the largest file; it costs time, and {@link ModelBytes} bounds that. Chunks of HDF5, which are held whole, have a
     * bound of their own.
     */
    public static final ReadLimits STANDARD = new ReadLimits(64L << 20, 100_000, 1L << 36, 100_000, 8L << 30);
}
