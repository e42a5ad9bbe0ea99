package io.weighbridge.hash;

import java.util.List;
import java.util.Optional;

/** A perceptual hash: nearby weights give nearby codes. Implementations are immutable and safe for use by many threads. */
public interface HashAlgorithm {

    AlgorithmId id();

    /** Code length, a multiple of 64. */
    int bits();

    /** The false match rate from which the threshold of every algorithm follows by default. */
    double DEFAULT_FALSE_MATCH_RATE = 1e-9;

    /** The largest Hamming distance, inclusive, at which two codes count as a match by default; -1 if the rate allows none. */
    default int thresholdBits() {
        return thresholdBits(DEFAULT_FALSE_MATCH_RATE);
    }

    /** The largest distance whose {@link #falseMatchRate} is at most {@code falseMatchRate}; -1 if there is none. */
    default int thresholdBits(double falseMatchRate) {
        int threshold = -1;
        while (threshold < bits() && falseMatchRate(threshold + 1) <= falseMatchRate) {
            threshold++;
        }
        return threshold;
    }

    /**
     * The calibrated probability that the codes of two unrelated models differ in at most {@code distanceBits} bits.
     *
     * @param distanceBits 0 to {@link #bits()}
     * @return 0 to 1, monotonic in the distance
     */
    double falseMatchRate(int distanceBits);

    /**
     * A new code in the making.
     *
     * @param layers all layers that will be given to it, in that order; only their names and shapes are read
     */
    Accumulator start(List<? extends WeightLayer> layers);

    /**
     * The code of a model. The same weights give the same bits on every JVM and processor, whatever the order of the layers.
     * Several algorithms at once: {@link ModelHasher}, which also refuses weights that are not worth a code.
     */
    default PerceptualCode hash(List<? extends WeightLayer> layers) {
        var ordered = CanonicalOrder.of(layers);
        var accumulator = start(ordered);
        var reading = new LayerReading();
        for (var layer : ordered) {
            reading.lead(layer, List.of(accumulator.begin(layer)));
        }
        return accumulator.code();
    }

    /** Takes the layers of one model, one at a time, and gives its code. For one thread. */
    interface Accumulator {

        /** The first look at the next layer, whose weights are all finite; it is over before another layer begins. */
        LayerPass begin(WeightLayer layer);

        /** The code of the layers seen. */
        PerceptualCode code();

        /**
         * The code {@link io.weighbridge.hash.layer.LayerCode#ALGORITHM} of the layer taken last, by itself; empty if this algorithm makes
         * none, or the layer holds nothing.
         */
        default Optional<PerceptualCode> layerCode() {
            return Optional.empty();
        }
    }
}
