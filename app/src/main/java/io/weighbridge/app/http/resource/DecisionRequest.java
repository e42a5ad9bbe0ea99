package io.weighbridge.app.http.resource;

import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.http.Body;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be decided, of one case or of many.
 *
 * @param evidenceVersion occurrences of the case as it was looked at; empty if it is decided as it is
 */
record DecisionRequest(
        CaseState state,
        Optional<Verdict> verdict,
        String reason,
        Optional<Integer> evidenceVersion,
        Optional<Instant> until) {

    private static final int LONGEST_REASON = 4_000;

    /** Reads the fields that all decisions have; the caller checks the body. */
    static DecisionRequest of(Body body, boolean isOfOne) {
        return new DecisionRequest(
                body.one("state", CaseState.class),
                body.optionalOne("verdict", Verdict.class),
                body.text("reason", LONGEST_REASON),
                isOfOne ? body.optionalCount("evidenceVersion") : Optional.empty(),
                body.optionalTime("until"));
    }

    CaseDecision decision(InfringementCase known, String actor, Instant now) {
        return CaseDecision.newBuilder()
                .setId(Publisher.newId())
                .setAlertId(known.getAlertId())
                .setActor(actor)
                .setDecidedAt(now)
                .setState(state)
                .setVerdict(verdict.orElse(null))
                .setReason(reason)
                .setEvidenceVersion(evidenceVersion.orElse(known.getOccurrences()))
                .setUntil(until.orElse(null))
                .build();
    }
}
