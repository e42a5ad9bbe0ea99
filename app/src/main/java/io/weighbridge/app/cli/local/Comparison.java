package io.weighbridge.app.cli.local;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How near two scanned files are in one algorithm.
 *
 * @param distanceBits Hamming distance of the two codes
 * @param thresholdBits largest distance, inclusive, that is a match
 * @param falseMatchRate probability that two unrelated models are this near
 */
record Comparison(AlgorithmId algorithm, int distanceBits, int bits, int thresholdBits, double falseMatchRate) {

    /** The telling comparison: a match before any other, then the one least likely by chance. */
    private static final Comparator<Comparison> MOST_TELLING =
            Comparator.comparing(Comparison::isMatch).reversed().thenComparingDouble(Comparison::falseMatchRate);

    boolean isMatch() {
        return distanceBits <= thresholdBits;
    }

    /** The most telling comparison over the algorithms given; empty unless both files have comparable codes. */
    static Optional<Comparison> of(FileScan a, FileScan b, List<HashAlgorithm> algorithms) {
        var comparisons = new ArrayList<Comparison>();
        if (a.getOutcome() == Outcome.HASHED && b.getOutcome() == Outcome.HASHED) {
            for (HashAlgorithm algorithm : algorithms) {
                codeOf(a, algorithm.id())
                        .flatMap(codeA -> codeOf(b, algorithm.id()).map(codeB -> compare(algorithm, codeA, codeB)))
                        .ifPresent(comparisons::add);
            }
        }
        return comparisons.stream().min(MOST_TELLING);
    }

    private static Comparison compare(HashAlgorithm algorithm, PerceptualCode a, PerceptualCode b) {
        int distance = a.distanceBits(b);
        return new Comparison(
                algorithm.id(),
                distance,
                algorithm.bits(),
                algorithm.thresholdBits(),
                algorithm.falseMatchRate(distance));
    }

    private static Optional<PerceptualCode> codeOf(FileScan scan, AlgorithmId id) {
        return scan.getCodes().stream()
                .filter(code -> idOf(code).equals(id))
                .map(code -> PerceptualCode.fromBytes(id, code.getWords().array()))
                .findFirst();
    }

    private static AlgorithmId idOf(Code code) {
        return new AlgorithmId(code.getAlgorithm(), code.getVersion());
    }
}
