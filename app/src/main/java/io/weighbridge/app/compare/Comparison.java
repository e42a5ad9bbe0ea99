package io.weighbridge.app.compare;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import java.util.Optional;

/**
 * How near two scanned files are in one algorithm.
 *
 * @param distanceBits Hamming distance of the two codes
 * @param thresholdBits largest distance, inclusive, that is a match; -1 if no distance is
 * @param falseMatchRate probability that two unrelated models are this near
 * @param counts whether this algorithm may raise a match
 */
public record Comparison(
        AlgorithmId algorithm, int distanceBits, int bits, int thresholdBits, double falseMatchRate, boolean counts) {

    public boolean isMatch() {
        return distanceBits <= thresholdBits;
    }

    /** For programs: null if no distance is a match. */
    public Integer thresholdOrNull() {
        return thresholdBits < 0 ? null : Integer.valueOf(thresholdBits);
    }

    /** For people. */
    public String thresholdText() {
        return thresholdBits < 0 ? "none" : Integer.toString(thresholdBits);
    }

    /** The distance as a share of the bits: 0 the same, about .5 unrelated. */
    public double share() {
        return (double) distanceBits / bits;
    }

    /** Empty unless both files have a code of the algorithm. */
    public static Optional<Comparison> of(
            FileScan a, FileScan b, HashAlgorithm algorithm, int thresholdBits, boolean counts) {
        return codeOf(a, algorithm.id())
                .flatMap(codeA -> codeOf(b, algorithm.id())
                        .map(codeA::distanceBits)
                        .map(distance -> new Comparison(
                                algorithm.id(),
                                distance,
                                algorithm.bits(),
                                thresholdBits,
                                algorithm.falseMatchRate(distance),
                                counts)));
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
