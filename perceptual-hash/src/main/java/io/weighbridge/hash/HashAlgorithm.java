package io.weighbridge.hash;

import java.util.List;

/** A perceptual hash: nearby weights give nearby codes. Implementations are immutable and safe for use by many threads. */
public interface HashAlgorithm {

    AlgorithmId id();

    /** Code length, a multiple of 64. */
    int bits();

    /** The largest Hamming distance, inclusive, at which two codes count as a match by default. */
    int thresholdBits();

    /**
     * The calibrated probability that the codes of two unrelated models differ in at most {@code distanceBits} bits.
     *
     * @param distanceBits 0 to {@link #bits()}
     * @return 0 to 1, monotonic in the distance
     */
    double falseMatchRate(int distanceBits);

    /** The code of a model. The same weights give the same bits on every JVM and processor, whatever the order of the layers. */
    PerceptualCode hash(List<? extends WeightLayer> layers);
}
