package io.weighbridge.hash;

import java.util.ArrayList;
import java.util.List;

/**
 * Hashes the weights of a model with several algorithms in one pass: layers are read row by row, large
 * ones several times, and let go before the next. Immutable, safe for use by many threads.
 */
public final class ModelHasher {

    private static final ModelHasher STANDARD = new ModelHasher(Algorithms.all());

    private final List<HashAlgorithm> algorithms;

    private ModelHasher(List<HashAlgorithm> algorithms) {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("algorithms: expected at least one, got none");
        }
        this.algorithms = List.copyOf(algorithms);
    }

    /** All of {@link Algorithms#all()}. */
    public static ModelHasher standard() {
        return STANDARD;
    }

    /** The given algorithms, in that order. */
    public static ModelHasher of(List<HashAlgorithm> algorithms) {
        return new ModelHasher(algorithms);
    }

    public List<HashAlgorithm> algorithms() {
        return algorithms;
    }

    /**
     * One code from each algorithm, or the reason why these weights are not worth one.
     *
     * @throws java.io.UncheckedIOException if a layer can no longer be read
     */
    public HashResult hash(List<? extends WeightLayer> layers) {
        List<WeightLayer> ordered = CanonicalOrder.of(layers);
        var accumulators = new ArrayList<HashAlgorithm.Accumulator>();
        for (var algorithm : algorithms) {
            accumulators.add(algorithm.start(ordered));
        }
        var inspection = new WeightInspection();
        var reading = new LayerReading();
        for (var layer : ordered) {
            var passes = new ArrayList<LayerPass>();
            passes.add(inspection.at(layer));
            accumulators.forEach(accumulator -> passes.add(accumulator.begin(layer)));
            reading.lead(layer, passes);
            if (inspection.isOver()) {
                break;
            }
        }
        double quality = inspection.quality();
        return inspection
                .fault()
                .<HashResult>map(reason -> new HashResult.Degenerate(reason, quality))
                .orElseGet(() -> new HashResult.Hashed(
                        accumulators.stream()
                                .map(HashAlgorithm.Accumulator::code)
                                .toList(),
                        quality));
    }
}
