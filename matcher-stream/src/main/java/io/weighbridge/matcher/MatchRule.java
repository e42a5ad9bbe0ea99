package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.search.SubstringPlan;

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
}
