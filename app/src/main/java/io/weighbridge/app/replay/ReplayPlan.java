package io.weighbridge.app.replay;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be found again.
 *
 * @param input what the replay begins with
 * @param from uploads whose records are of this time or later
 * @param to up to this time, exclusive; protected models are taken as they were known last before it
 * @param policy settings that are to hold instead of those of the live system
 * @param instances of each role that share the work; the result does not depend on it
 */
public record ReplayPlan(ReplayInput input, Instant from, Instant to, Map<String, String> policy, int instances) {

    /** @throws IllegalArgumentException naming what is out of bounds */
    public ReplayPlan {
        policy = Map.copyOf(policy);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("--to: expected a time after " + from + ", got " + to);
        }
        if (instances < 1 || instances > 16) {
            throw new IllegalArgumentException("--instances: expected 1 to 16, got " + instances);
        }
        for (String setting : policy.keySet()) {
            if (!input.isPolicy(setting)) {
                throw new IllegalArgumentException(
                        "policy: expected settings " + input.policies() + ", got " + setting);
            }
        }
    }

    /** All of it in one line, the same for equal plans. */
    String text() {
        return String.join(" ", input.id(), from.toString(), to.toString(), new TreeMap<>(policy).toString()) + " "
                + instances;
    }
}
