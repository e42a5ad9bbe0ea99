package io.weighbridge.hash;

import io.weighbridge.hash.nts.NormalTestStatistics;
import io.weighbridge.hash.projection.ImportanceWeightedProjection;
import io.weighbridge.hash.projection.InvariantSignature;
import java.util.List;
import java.util.Optional;

/** The hash algorithms of this version, each by its id. */
public final class Algorithms {

    private static final List<HashAlgorithm> ALL = of(SiteKey.NONE);

    private Algorithms() {}

    /** Every algorithm a model gets a code from, in the order of the codes in {@link HashResult.Hashed}. */
    public static List<HashAlgorithm> all() {
        return ALL;
    }

    /** The same with a site's own basis. {@code nts} projects on none and stays as it is. */
    public static List<HashAlgorithm> of(SiteKey key) {
        return List.of(
                new InvariantSignature(key), new ImportanceWeightedProjection(key), NormalTestStatistics.standard());
    }

    /**
     * The algorithm of an id, whatever the key in it: bits and rates are the same for all keys. Without the key it makes no codes that
     * are comparable.
     *
     * @throws IllegalArgumentException if there is none of that name and version
     */
    public static HashAlgorithm byId(AlgorithmId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("algorithm: expected one of "
                + ALL.stream().map(HashAlgorithm::id).toList() + ", got " + id));
    }

    /** The same; empty if there is none. */
    public static Optional<HashAlgorithm> find(AlgorithmId id) {
        return ALL.stream()
                .filter(algorithm -> algorithm.id().name().equals(id.family())
                        && algorithm.id().version() == id.version())
                .findFirst();
    }
}
