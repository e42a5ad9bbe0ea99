package io.weighbridge.hasher.format;

/**
 * Bounds on what a reader may take on. Exceeded, they give TOO_LARGE with the limit's name.
 *
 * @param maxHeaderBytes largest header, pickle, graph or directory held in memory
 * @param maxTensors most tensors in one file
 * @param maxTensorWeights most numbers in one tensor
 * @param maxEntries most entries in one archive
 * @param maxInflatedBytes most bytes that compressed entries of one file may give
 */
public record ReadLimits(
        long maxHeaderBytes, int maxTensors, long maxTensorWeights, int maxEntries, long maxInflatedBytes) {

    /** Room for every public CNN: 64 MiB of header, 100,000 tensors, 2²⁸ weights a tensor, 8 GiB inflated. */
    public static final ReadLimits STANDARD = new ReadLimits(64L << 20, 100_000, 1L << 28, 100_000, 8L << 30);
}
