package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** What people have said of matches beforehand: policies of protected models, suppressions, and cases that were dismissed. */
public final class AlertRules {

    /** Ids of suppressions that people made begin so. */
    public static final String RULE = "rule/";

    /** Ids of dismissals begin so; the alert id follows. */
    public static final String CASE = "case/";

    /** Ids of what a policy authorises begin so; the protected model's id follows. */
    static final String POLICY = "policy/";

    /** Behind every id that begins with {@link #RULE}. */
    private static final String AFTER_RULES = "rule0";

    private final ReadOnlyKeyValueStore<String, Suppression> suppressions;
    private final ReadOnlyKeyValueStore<String, ProtectionPolicy> policies;

    AlertRules(
            ReadOnlyKeyValueStore<String, Suppression> suppressions,
            ReadOnlyKeyValueStore<String, ProtectionPolicy> policies) {
        this.suppressions = suppressions;
        this.policies = policies;
    }

    /** The policy of a protected model; empty if it has the default one. */
    Optional<ProtectionPolicy> policy(String protectedModelId) {
        return Optional.ofNullable(policies.get(protectedModelId));
    }

    /** Suppressions that people made, those that have expired included, in the order of their ids. */
    List<Suppression> suppressions() {
        var found = new ArrayList<Suppression>();
        try (var range = suppressions.range(RULE, AFTER_RULES)) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    /** Why nobody is to be told of an alert: authorised, suppressed, or dismissed in its case; empty if people are. */
    public Optional<Suppression> silencing(InfringementAlert alert, Instant now) {
        return standing(alert, now)
                .or(() -> Optional.ofNullable(suppressions.get(CASE + alert.getAlertId()))
                        .filter(dismissal -> Suppressions.covers(dismissal, alert, now)));
    }

    /** The same, but for what was dismissed in the alert's own case. */
    Optional<Suppression> standing(InfringementAlert alert, Instant now) {
        return policy(alert.getProtectedModel().getId())
                .flatMap(policy -> authorised(policy, alert))
                .or(() -> suppressions().stream()
                        .filter(suppression -> Suppressions.covers(suppression, alert, now))
                        .findFirst());
    }

    private static Optional<Suppression> authorised(ProtectionPolicy policy, InfringementAlert alert) {
        return Authorisation.of(policy, alert)
                .map(reason -> Suppression.newBuilder()
                        .setId(POLICY + policy.getProtectedModelId())
                        .setProtectedModelId(policy.getProtectedModelId())
                        .setVerdict(Verdict.BENIGN_AUTHORISED)
                        .setAuthor(policy.getChangedBy())
                        .setReason(reason)
                        .setCreatedAt(policy.getChangedAt())
                        .build());
    }
}
