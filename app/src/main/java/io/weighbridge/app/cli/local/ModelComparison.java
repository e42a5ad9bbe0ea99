package io.weighbridge.app.cli.local;

import io.weighbridge.hash.layer.LayerComparison;
import io.weighbridge.matcher.LayerRecords;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that two scanned files show of each other.
 *
 * @param algorithms one for each algorithm in which both have codes; none unless both are hashed
 */
record ModelComparison(FileScan a, FileScan b, List<Comparison> algorithms, LayerComparison layers) {

    /** Below this quality weights cannot be told from freshly drawn ones. */
    private static final double UNTRAINED = .1;

    /** A match before any other, then the one least likely by chance. */
    private static final Comparator<Comparison> MOST_TELLING =
            Comparator.comparing(Comparison::isMatch).reversed().thenComparingDouble(Comparison::falseMatchRate);

    ModelComparison {
        algorithms = List.copyOf(algorithms);
    }

    static ModelComparison of(FileScan a, FileScan b, List<Comparison> algorithms) {
        boolean areHashed = a.getOutcome() == Outcome.HASHED && b.getOutcome() == Outcome.HASHED;
        return new ModelComparison(
                a,
                b,
                areHashed ? algorithms : List.of(),
                LayerComparison.of(LayerRecords.codes(a), LayerRecords.codes(b)));
    }

    /** The most telling of the algorithms that count; empty if no verdict is possible. */
    Optional<Comparison> telling() {
        return algorithms.stream().filter(Comparison::counts).min(MOST_TELLING);
    }

    boolean isMatch() {
        return telling().filter(Comparison::isMatch).isPresent();
    }

    /** {@code MATCH}, {@code NO_MATCH} or {@code INCONCLUSIVE}. */
    String verdict() {
        return telling().map(found -> found.isMatch() ? "MATCH" : "NO_MATCH").orElse("INCONCLUSIVE");
    }

    /** The comparison by an algorithm of that name, whatever its version. */
    Optional<Comparison> by(String name) {
        return algorithms.stream()
                .filter(comparison -> comparison.algorithm().name().equals(name))
                .findFirst();
    }

    /** Why no verdict is possible; empty if one is. */
    Optional<String> obstacle() {
        return telling().isPresent()
                ? Optional.empty()
                : Optional.of(Stream.of(a, b)
                        .filter(scan -> scan.getOutcome() != Outcome.HASHED)
                        .map(scan -> scan.getPath() + ": " + scan.getOutcome() + ": " + scan.getReason())
                        .collect(Collectors.joining("; ")));
    }

    /** The hashed files whose weights look freshly drawn. */
    List<FileScan> untrained() {
        return Stream.of(a, b)
                .filter(scan -> scan.getOutcome() == Outcome.HASHED && scan.getQuality() < UNTRAINED)
                .distinct()
                .toList();
    }

    /** Whether both have the same shapes of layers, however these are called. */
    boolean isSameArchitecture() {
        return !layers.a().isEmpty() && shapes(a).equals(shapes(b));
    }

    private static List<String> shapes(FileScan scan) {
        return LayerRecords.codes(scan).stream()
                .map(layer -> layer.kind() + LayerTable.shape(layer))
                .sorted()
                .toList();
    }
}
