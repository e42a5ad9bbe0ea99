package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import java.time.Instant;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Whether the matches of protected models are alerts: by the policy of each, or the mode that it started in. */
final class ProtectionModes {

    private final ReadOnlyKeyValueStore<String, ProtectionPolicy> policies;

    /** @param policies by protected model */
    ProtectionModes(ReadOnlyKeyValueStore<String, ProtectionPolicy> policies) {
        this.policies = policies;
    }

    /** What becomes of a finding once the mode of its protected model is known. A quarantine, or a public baseline, stays the reason. */
    Finding apply(Finding finding) {
        if (finding.fate() != Finding.Fate.ALERT) {
            return finding;
        }
        return switch (mode(finding.match())) {
            case LIVE -> finding;
            case SHADOW -> finding.with(Finding.Fate.SHADOW);
            case DISABLED -> finding.with(Finding.Fate.DISABLED);
        };
    }

    private ProtectionMode mode(Match match) {
        var model = match.protectedRef();
        var policy = policies.get(model.getId());
        if (policy == null) {
            return model.getMode();
        }
        return policy.getMode() == ProtectionMode.DISABLED && isOver(policy.getDisabledUntil(), match.matchedAt())
                ? ProtectionMode.LIVE
                : policy.getMode();
    }

    /** By the time of the match, so that a replay decides as the live system did. */
    private static boolean isOver(Instant disabledUntil, Instant matchedAt) {
        return disabledUntil != null && !matchedAt.isBefore(disabledUntil);
    }
}
