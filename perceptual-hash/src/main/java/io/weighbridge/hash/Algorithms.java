package io.weighbridge.hash;

import io.weighbridge.hash.nts.NormalTestStatistics;
import io.weighbridge.hash.projection.ImportanceWeightedProjection;
import io.weighbridge.hash.projection.InvariantSignature;
import java.util.List;

/** The hash algorithms of this version, each by its id. */
public final class Algorithms {

    private static final List<HashAlgorithm> ALL =
            List.of(new InvariantSignature(), new ImportanceWeightedProjection(), NormalTestStatistics.standard());

    private Algorithms() {}

    /** Every algorithm a model gets a code from, in the order of the codes in {@link HashResult.Hashed}. */
    public static List<HashAlgorithm> all() {
        return ALL;
    }

    /**
     * The algorithm of an id.
     *
     * @throws IllegalArgumentException if there is none of that name and version
     */
    public static HashAlgorithm byId(AlgorithmId id) {
        for (var algorithm : ALL) {
            if (algorithm.id().equals(id)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("algorithm: expected one of "
                + ALL.stream().map(HashAlgorithm::id).toList() + ", got " + id);
    }
}
