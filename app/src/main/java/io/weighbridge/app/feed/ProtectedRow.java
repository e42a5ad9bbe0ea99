package io.weighbridge.app.feed;

import io.weighbridge.app.feed.cases.CaseCounts;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.time.Instant;
import java.util.Optional;

/**
 * A protected model and how far its protection got.
 *
 * @param outcome of this registration; null while it runs, or when older than the history that was read
 * @param code of this registration; null if it has none
 * @param policy null if the defaults hold
 * @param counts of the cases in which its copies were found
 */
public record ProtectedRow(
        ProtectedModel model, ScanOutcome outcome, ModelCode code, ProtectionPolicy policy, CaseCounts counts) {

    /** How far the protection of a model got. */
    public enum Status {
        /** Its codes are searched. */
        ACTIVE,
        /** Being fetched and hashed. */
        PENDING,
        /** It has no codes, so no copy of it can be found; the outcome tells why. */
        NOT_PROTECTED
    }

    public Status status() {
        if (code != null) {
            return Status.ACTIVE;
        }
        if (outcome == null) {
            return Status.PENDING;
        }
        boolean hasCodes = outcome.getOutcome() == Outcome.HASHED || outcome.getOutcome() == Outcome.PARTIAL;
        return hasCodes ? Status.ACTIVE : Status.NOT_PROTECTED;
    }

    /** Its place in a list that is newest first. */
    public RowKey key() {
        return new RowKey(model.getProtectedAt(), model.getId());
    }

    /** What becomes of its matches at that time. */
    public ProtectionMode mode(Instant now) {
        if (policy == null) {
            return model.getMode();
        }
        boolean isOver = policy.getDisabledUntil() != null && !now.isBefore(policy.getDisabledUntil());
        return policy.getMode() == ProtectionMode.DISABLED && isOver ? ProtectionMode.LIVE : policy.getMode();
    }

    /** Why it is not protected. */
    public Optional<String> reason() {
        return Optional.ofNullable(outcome).map(ScanOutcome::getReason);
    }
}
