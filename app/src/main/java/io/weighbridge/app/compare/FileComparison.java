package io.weighbridge.app.compare;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.FileScan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares two files by all algorithms.
 *
 * @param counting algorithms that may raise a match; the others are shown
 * @param falseMatchRate from which thresholds follow; empty for each algorithm's own
 */
public record FileComparison(
        ModelHasher hasher, ModelScanner scanner, Set<AlgorithmId> counting, OptionalDouble falseMatchRate) {

    public FileComparison {
        counting = Set.copyOf(counting);
    }

    /** As a hasher with these settings would hash, with the algorithms that raise matches by default. */
    public static FileComparison of(Settings settings) {
        var hasher = FileHashing.hasher(settings);
        var counting = Arrays.stream(MatcherSettings.DEFAULT_ALGORITHMS.split(","))
                .map(AlgorithmId::parse)
                .collect(Collectors.toSet());
        return new FileComparison(hasher, FileHashing.scanner(settings, hasher), counting, OptionalDouble.empty());
    }

    /** Algorithms are named without the fingerprint of a site key. */
    public static AlgorithmId withoutKey(HashAlgorithm algorithm) {
        return new AlgorithmId(algorithm.id().family(), algorithm.id().version());
    }

    /** Scans both files and compares what they hold. */
    public ModelComparison compare(Path a, String nameOfA, Path b, String nameOfB) {
        FileScan scanA = scanner.scan(a, nameOfA);
        FileScan scanB = scanner.scan(b, nameOfB);
        return ModelComparison.of(scanA, scanB, comparisons(scanA, scanB));
    }

    private List<Comparison> comparisons(FileScan a, FileScan b) {
        return hasher.algorithms().stream()
                .flatMap(
                        algorithm -> Comparison.of(
                                a, b, algorithm, thresholdBits(algorithm), counting.contains(withoutKey(algorithm)))
                                .stream())
                .toList();
    }

    private int thresholdBits(HashAlgorithm algorithm) {
        return falseMatchRate.isEmpty()
                ? algorithm.thresholdBits()
                : algorithm.thresholdBits(falseMatchRate.getAsDouble());
    }
}
