package io.weighbridge.app.feed.cases;

import io.weighbridge.alerting.Transitions;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;

/**
 * A case as one of a list.
 *
 * @param verdict null while there is none
 * @param held null if the case has an alert
 * @param stateSince null while it is in its first state
 * @param dismissalId the suppression that keeps it away from people; null if none does
 * @param dismissedAt when that suppression was made; null if there is none
 * @param upload the newest that matched
 * @param evidence of the alert that is least likely to be chance
 */
public record CaseRow(
        String alertId,
        int version,
        CaseState state,
        Verdict verdict,
        Severity severity,
        HeldReason held,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Instant stateSince,
        int occurrences,
        int revisionCount,
        int suppressedOccurrences,
        String dismissalId,
        Instant dismissedAt,
        UploadRef upload,
        ProtectedRef protectedModel,
        CaseEvidence evidence) {

    /** What a list shows of the case. */
    public static CaseRow of(InfringementCase known) {
        var dismissal = known.getDismissal();
        return new CaseRow(
                known.getAlertId(),
                known.getVersion(),
                known.getState(),
                known.getVerdict(),
                known.getSeverity(),
                known.getHeld(),
                known.getFirstSeenAt(),
                known.getLastSeenAt(),
                known.getStateSince(),
                known.getOccurrences(),
                known.getRevisionCount(),
                known.getSuppressedOccurrences(),
                dismissal == null ? null : dismissal.getId(),
                dismissal == null ? null : dismissal.getCreatedAt(),
                known.getLatest().getUpload(),
                known.getLatest().getProtectedModel(),
                CaseEvidence.of(known.getBest()));
    }

    /** Whether it waits for people: it is neither closed nor suppressed. */
    public boolean isOpen() {
        return Transitions.isOpen(state);
    }
}
