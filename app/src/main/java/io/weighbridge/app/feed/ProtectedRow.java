package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.Optional;

/**
 * A protected model and how far its protection got.
 *
 * @param outcome of this registration; null while it runs, or when older than the history that was read
 * @param code of this registration; null if it has none
 * @param cases in which its copies were found
 */
public record ProtectedRow(ProtectedModel model, ScanOutcome outcome, ModelCode code, int cases) {

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

    /** Why it is not protected. */
    public Optional<String> reason() {
        return Optional.ofNullable(outcome).map(ScanOutcome::getReason);
    }
}
