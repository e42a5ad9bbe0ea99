package io.weighbridge.hash;

import io.weighbridge.hash.layer.LayerCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Hashes the weights of a model with several algorithms in one pass: layers are read row by row, large
 * ones several times, and let go before the next. Immutable, safe for use by many threads.
 */
public final class ModelHasher {

    /** Layers of one model that get codes of their own, the largest: records stay below 64 kB. */
    public static final int MOST_LAYERS = 512;

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
        var layerCodes = new ArrayList<LayerCode>();
        for (var layer : ordered) {
            var passes = new ArrayList<LayerPass>();
            var look = inspection.at(layer);
            passes.add(look);
            accumulators.forEach(accumulator -> passes.add(accumulator.begin(layer)));
            reading.lead(layer, passes);
            if (inspection.isOver()) {
                break;
            }
            if (look.isInformative()) {
                layerCode(layer, look.structure(), accumulators).ifPresent(layerCodes::add);
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
                        largest(layerCodes),
                        quality));
    }

    private static Optional<LayerCode> layerCode(
            WeightLayer layer, double structure, List<HashAlgorithm.Accumulator> accumulators) {
        return accumulators.stream()
                .flatMap(accumulator -> accumulator.layerCode().stream())
                .findFirst()
                .map(code -> new LayerCode(
                        layer.name(),
                        layer.kind(),
                        layer.outputs(),
                        layer.inputs(),
                        layer.positions(),
                        structure,
                        code));
    }

    /** The {@link #MOST_LAYERS} largest, those that come first among equals, in the order given. */
    private static List<LayerCode> largest(List<LayerCode> layers) {
        var kept = layers.stream()
                .sorted(Comparator.comparingLong(LayerCode::size).reversed())
                .limit(MOST_LAYERS)
                .collect(Collectors.toSet());
        return layers.stream().filter(kept::contains).toList();
    }
}
