package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Instant;
import java.util.Optional;

/** A look through all cases: what rules say of them now, and when to look again. */
final class CaseSweep {

    private final AlertRules rules;
    private Instant due = Instant.MAX;

    CaseSweep(AlertRules rules) {
        this.rules = rules;
    }

    /**
     * A case that changes.
     *
     * @param released what becomes an alert
     */
    record Step(InfringementCase after, Optional<InfringementAlert> released) {}

    /** Whether the time of a suppression has come to an end since the last sweep. */
    boolean isDue(Instant now) {
        return !now.isBefore(due);
    }

    /** Starts over. */
    void begin() {
        due = Instant.MAX;
    }

    /** What becomes of a case; empty if nothing. */
    Optional<Step> look(InfringementCase known, Instant now) {
        Optional<InfringementAlert> released = released(known);
        var live = released.isEmpty()
                ? known
                : InfringementCase.newBuilder(known)
                        .setHeld(null)
                        .setVersion(known.getVersion() + 1)
                        .build();
        var after = new Triage(rules, now).swept(live);
        note(after);
        return after == known ? Optional.empty() : Optional.of(new Step(after, released));
    }

    /** The nearest match of a model that was in shadow mode and is live now. */
    private Optional<InfringementAlert> released(InfringementCase known) {
        boolean isReleased = known.getHeld() == HeldReason.SHADOW
                && rules.policy(known.getBest().getProtectedModel().getId())
                        .map(ProtectionPolicy::getMode)
                        .filter(ProtectionMode.LIVE::equals)
                        .isPresent();
        return isReleased
                ? Optional.of(InfringementAlert.newBuilder(known.getBest())
                        .setHeld(null)
                        .build())
                : Optional.empty();
    }

    /** Notes when the case is to be looked at again. */
    void note(InfringementCase known) {
        Suppression dismissal = known.getDismissal();
        if (dismissal != null
                && dismissal.getExpiresAt() != null
                && dismissal.getExpiresAt().isBefore(due)) {
            due = dismissal.getExpiresAt();
        }
    }
}
