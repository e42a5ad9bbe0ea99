package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import io.weighbridge.schemas.Settings;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the rules of the matcher from its settings: which algorithms raise alerts, each up to which distance, and by which plan it is searched.
 * Tells the settings of each problem.
 */
final class MatchRules {

    /** An index that looks up more would keep a stream thread from its next poll. */
    private static final int MOST_LOOKUPS = 1_000_000;

    private final Settings settings;
    private final Map<AlgorithmId, HashAlgorithm> known;

    /** @param known every algorithm of this build */
    MatchRules(Settings settings, Map<AlgorithmId, HashAlgorithm> known) {
        this.settings = settings;
        this.known = known;
    }

    /** In the order of the algorithms' names; those that are not possible are left out. */
    Map<AlgorithmId, MatchRule> read() {
        var rules = new LinkedHashMap<AlgorithmId, MatchRule>();
        var rate = settings.probability(MatcherSettings.FALSE_MATCH_RATE);
        for (var id : ids()) {
            rule(known.get(id), rate).ifPresent(rule -> rules.put(id, rule));
        }
        return rules;
    }

    /** Algorithms are named without the fingerprint of a site key, or with it. */
    private List<AlgorithmId> ids() {
        var byName = new TreeMap<String, AlgorithmId>();
        known.keySet().forEach(id -> byName.put(id.family() + "@" + id.version(), id));
        known.keySet().forEach(id -> byName.put(id.toString(), id));
        var chosen = settings.list(MatcherSettings.ALGORITHMS, MatcherSettings.DEFAULT_ALGORITHMS);
        for (var name : chosen) {
            if (!byName.containsKey(name)) {
                settings.problem(MatcherSettings.ALGORITHMS, "expected some of " + byName.keySet() + ", got " + name);
            }
        }
        if (chosen.isEmpty()) {
            settings.problem(MatcherSettings.ALGORITHMS, "expected some of " + byName.keySet() + ", got none");
        }
        return chosen.stream()
                .filter(byName::containsKey)
                .map(byName::get)
                .distinct()
                .sorted(Comparator.comparing(AlgorithmId::toString))
                .toList();
    }

    /** That which is set for the algorithm, or follows from the rate, or is the algorithm's own; empty if the rate allows none. */
    private OptionalInt thresholdBits(HashAlgorithm algorithm, OptionalDouble rate) {
        int byRate = rate.isPresent() ? algorithm.thresholdBits(rate.getAsDouble()) : algorithm.thresholdBits();
        int threshold = settings.count(MatcherSettings.THRESHOLD + algorithm.id(), byRate);
        if (threshold < 0) {
            settings.problem(
                    MatcherSettings.FALSE_MATCH_RATE,
                    String.format(
                            Locale.ROOT,
                            "expected at least %.1e, the rate of %s at distance 0, got %s",
                            algorithm.falseMatchRate(0),
                            algorithm.id(),
                            settings.text(MatcherSettings.FALSE_MATCH_RATE, "")));
            return OptionalInt.empty();
        }
        return OptionalInt.of(threshold);
    }

    private Optional<MatchRule> rule(HashAlgorithm algorithm, OptionalDouble rate) {
        var threshold = thresholdBits(algorithm, rate);
        return threshold.isPresent() ? rule(algorithm, threshold.getAsInt()) : Optional.empty();
    }

    private Optional<MatchRule> rule(HashAlgorithm algorithm, int radiusBits) {
        int bits = algorithm.bits();
        long expected = settings.count(MatcherSettings.EXPECTED_CODES, MatcherSettings.DEFAULT_EXPECTED_CODES);
        int prefixBits = settings.count(MatcherSettings.PREFIX_BITS, 0);
        try {
            var modes = modes(
                    settings.text(MatcherSettings.MODE, MatcherSettings.DEFAULT_MODE),
                    bits,
                    radiusBits,
                    prefixBits,
                    expected);
            int byDefault = modes.contains(SearchMode.INDEX)
                    ? SubstringPlan.bestSubstrings(bits, radiusBits, expected)
                    : Math.max(1, settings.count(MatcherSettings.PARTITIONS, MatcherSettings.DEFAULT_PARTITIONS));
            int substrings = settings.count(MatcherSettings.SUBSTRINGS, byDefault);
            var plan = new SubstringPlan(bits, substrings, radiusBits, prefixBits, modes);
            if (modes.equals(Set.of(SearchMode.INDEX)) && plan.lookups() > MOST_LOOKUPS) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "index: expected at most %,d look-ups for a code, got %,.0f at radius %d with %d substrings",
                        MOST_LOOKUPS,
                        plan.lookups(),
                        radiusBits,
                        substrings));
            }
            return Optional.of(new MatchRule(algorithm, plan));
        } catch (IllegalArgumentException e) {
            settings.problem("weighbridge.matcher, " + algorithm.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Those an upload may choose from: the scan always can be chosen, the index where it would pay with the codes that are expected. */
    private static Set<SearchMode> modes(String mode, int bits, int radiusBits, int prefixBits, long expected) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "index" -> Set.of(SearchMode.INDEX);
            case "scan" -> Set.of(SearchMode.SCAN);
            case "auto" -> {
                int substrings = SubstringPlan.bestSubstrings(bits, radiusBits, expected);
                var index = new SubstringPlan(bits, substrings, radiusBits, 0, SearchMode.INDEX);
                boolean pays = index.indexCost(index.candidates(expected)) < index.scanCost(expected);
                yield !pays
                        ? Set.of(SearchMode.SCAN)
                        : prefixBits > 0 ? Set.of(SearchMode.INDEX) : EnumSet.allOf(SearchMode.class);
            }
            default -> throw new IllegalArgumentException("mode: expected auto, index or scan, got " + mode);
        };
    }
}
