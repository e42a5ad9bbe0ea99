package io.weighbridge.app.compare;

import io.weighbridge.hash.layer.LayerCode;
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
 * @param algorithms one for each algorithm in which both have codes; none unless both were read, be it in part
 */
public record ModelComparison(FileScan a, FileScan b, List<Comparison> algorithms, LayerComparison layers) {

    /** Below this quality weights cannot be told from freshly drawn ones. */
    private static final double UNTRAINED = .1;

    /** A match before any other, then the one least likely by chance. */
    private static final Comparator<Comparison> MOST_TELLING =
            Comparator.comparing(Comparison::isMatch).reversed().thenComparingDouble(Comparison::falseMatchRate);

    public ModelComparison {
        algorithms = List.copyOf(algorithms);
    }

    public static ModelComparison of(FileScan a, FileScan b, List<Comparison> algorithms) {
        return new ModelComparison(
                a,
                b,
                hasCodes(a) && hasCodes(b) ? algorithms : List.of(),
                LayerComparison.of(LayerRecords.codes(a), LayerRecords.codes(b)));
    }

    /**
     * The most telling of the algorithms that count; empty if no verdict is possible. What was not read of a file takes nothing from a
     * match, but may hold the copy where there is none.
     */
    public Optional<Comparison> telling() {
        return algorithms.stream()
                .filter(Comparison::counts)
                .min(MOST_TELLING)
                .filter(found -> found.isMatch() || readInPart().isEmpty());
    }

    /** The files with codes that hold more than was hashed. */
    public List<FileScan> readInPart() {
        return files().filter(scan -> scan.getOutcome() == Outcome.PARTIAL).toList();
    }

    /** What a match leaves open: the parts that were not read. */
    public List<String> remarks() {
        return isMatch()
                ? readInPart().stream()
                        .map(scan -> "Not all of " + scan.getPath() + " was read: " + scan.getReason())
                        .toList()
                : List.of();
    }

    public boolean isMatch() {
        return telling().filter(Comparison::isMatch).isPresent();
    }

    /** {@code MATCH}, {@code NO_MATCH} or {@code INCONCLUSIVE}. */
    public String verdict() {
        return telling().map(found -> found.isMatch() ? "MATCH" : "NO_MATCH").orElse("INCONCLUSIVE");
    }

    /** The comparison by an algorithm of that name, whatever its version. */
    public Optional<Comparison> by(String name) {
        return algorithms.stream()
                .filter(comparison -> comparison.algorithm().name().equals(name))
                .findFirst();
    }

    /** Why no verdict is possible; empty if one is. */
    public Optional<String> obstacle() {
        return telling().isPresent()
                ? Optional.empty()
                : Optional.of(files().filter(scan -> scan.getOutcome() != Outcome.HASHED)
                        .map(scan -> scan.getPath() + ": " + scan.getOutcome() + ": " + scan.getReason())
                        .collect(Collectors.joining("; ")));
    }

    /** The files with codes whose weights look freshly drawn. */
    public List<FileScan> untrained() {
        return files().filter(ModelComparison::hasCodes)
                .filter(scan -> scan.getQuality() < UNTRAINED)
                .distinct()
                .toList();
    }

    private static boolean hasCodes(FileScan scan) {
        return scan.getOutcome() == Outcome.HASHED || scan.getOutcome() == Outcome.PARTIAL;
    }

    private Stream<FileScan> files() {
        return Stream.of(a, b);
    }

    /** Whether both have the same shapes of layers, however these are called. */
    public boolean isSameArchitecture() {
        return !layers.a().isEmpty() && shapes(a).equals(shapes(b));
    }

    private static List<String> shapes(FileScan scan) {
        return LayerRecords.codes(scan).stream()
                .map(layer -> layer.kind() + shape(layer))
                .sorted()
                .toList();
    }

    /** Outputs, inputs and kernel positions, such as {@code 64x32x9}; a dense layer has no third number. */
    public static String shape(LayerCode layer) {
        String matrix = layer.outputs() + "x" + layer.inputs();
        return layer.positions() == 1 ? matrix : matrix + "x" + layer.positions();
    }
}
