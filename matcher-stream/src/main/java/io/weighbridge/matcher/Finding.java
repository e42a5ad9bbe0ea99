package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.Optional;

/**
 * A match, and what is to become of it.
 *
 * @param fate alert, or why not
 */
record Finding(Match match, Fate fate) {

    enum Fate {
        /** Sent as an alert. */
        ALERT(null),
        /** Held: the protected code matches too much of late. */
        QUARANTINE(HeldReason.QUARANTINE),
        /** Held: people want a look at the matches of the protected model first. */
        SHADOW(HeldReason.SHADOW),
        /** Held: people want no alerts of the protected model. */
        DISABLED(HeldReason.DISABLED),
        /** Not sent: the upload is as near to a public baseline as to the protected model. */
        BASELINE(null);

        private final HeldReason held;

        Fate(HeldReason held) {
            this.held = held;
        }

        /** Why the match goes to the topic of held alerts; empty if it does not. */
        Optional<HeldReason> held() {
            return Optional.ofNullable(held);
        }
    }

    Finding with(Fate otherFate) {
        return new Finding(match, otherFate);
    }

    InfringementAlert alert() {
        var alert = match.alert();
        return fate.held()
                .map(reason ->
                        InfringementAlert.newBuilder(alert).setHeld(reason).build())
                .orElse(alert);
    }
}
