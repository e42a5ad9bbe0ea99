package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.search.SubstringPlan;
import java.util.Locale;
import java.util.stream.Collectors;

/** How codes of one algorithm are matched: up to which distance, and by which plan. */
public record MatchRule(HashAlgorithm algorithm, SubstringPlan plan) {

    public MatchRule {
        if (algorithm.bits() != plan.bits()) {
            throw new IllegalArgumentException(
                    "plan of " + algorithm.id() + ": expected " + algorithm.bits() + " bits, got " + plan.bits());
        }
    }

    public AlgorithmId id() {
        return algorithm.id();
    }

    /** The largest distance, inclusive, that raises an alert. */
    public int thresholdBits() {
        return plan.radiusBits();
    }

    /** The probability that two unrelated models are within the threshold. */
    public double falseMatchRate() {
        return algorithm.falseMatchRate(thresholdBits());
    }

    /** For people. */
    public String inWords() {
        return String.format(
                Locale.ROOT,
                "%s raises alerts up to %d of %d bits, false match rate %.1e, %s",
                id(),
                thresholdBits(),
                algorithm.bits(),
                falseMatchRate(),
                plan.modes().stream()
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or ")));
    }
}
