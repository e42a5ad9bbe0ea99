package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which steps people may take with a case. */
public final class Transitions {

    private static final Map<CaseState, Set<CaseState>> ALLOWED = new EnumMap<>(Map.of(
            CaseState.NEW,
            EnumSet.of(
                    CaseState.IN_REVIEW,
                    CaseState.CONFIRMED,
                    CaseState.CLOSED,
                    CaseState.DISPUTED,
                    CaseState.SUPPRESSED),
            CaseState.IN_REVIEW,
            EnumSet.of(CaseState.NEW, CaseState.CONFIRMED, CaseState.CLOSED, CaseState.DISPUTED, CaseState.SUPPRESSED),
            CaseState.CONFIRMED,
            EnumSet.of(CaseState.IN_REVIEW, CaseState.ACTIONED, CaseState.CLOSED, CaseState.DISPUTED),
            CaseState.ACTIONED,
            EnumSet.of(CaseState.IN_REVIEW, CaseState.CLOSED, CaseState.DISPUTED),
            CaseState.DISPUTED,
            EnumSet.of(CaseState.IN_REVIEW, CaseState.CONFIRMED, CaseState.CLOSED),
            CaseState.CLOSED,
            EnumSet.of(CaseState.NEW, CaseState.IN_REVIEW, CaseState.DISPUTED),
            CaseState.SUPPRESSED,
            EnumSet.of(CaseState.NEW, CaseState.IN_REVIEW, CaseState.CLOSED)));

    /** States in which nothing has been found wrong yet, so that closing needs a verdict. */
    private static final Set<CaseState> OPEN_QUESTIONS =
            EnumSet.of(CaseState.NEW, CaseState.IN_REVIEW, CaseState.DISPUTED, CaseState.SUPPRESSED);

    private Transitions() {}

    /** The states that a case may be brought to. */
    public static Set<CaseState> from(CaseState state) {
        return EnumSet.copyOf(ALLOWED.get(state));
    }

    /** Whether a case waits for people: neither closed nor suppressed. */
    public static boolean isOpen(CaseState state) {
        return state != CaseState.CLOSED && state != CaseState.SUPPRESSED;
    }

    /** Why a decision cannot be taken on the case as it is; empty if it can. */
    public static Optional<String> refusal(InfringementCase known, CaseDecision decision) {
        CaseState from = known.getState();
        CaseState to = decision.getState();
        if (!ALLOWED.get(from).contains(to)) {
            return Optional.of("state: expected one of " + ALLOWED.get(from) + " after " + from + ", got " + to);
        }
        if (decision.getReason().isBlank()) {
            return Optional.of("reason: expected why, got nothing");
        }
        if (to == CaseState.CLOSED && decision.getVerdict() == null && OPEN_QUESTIONS.contains(from)) {
            return Optional.of("verdict: expected why the match needs no action, got none");
        }
        if (decision.getVerdict() != null && isOpen(to)) {
            return Optional.of("verdict: expected none in state " + to + ", got " + decision.getVerdict());
        }
        if (decision.getUntil() != null && to != CaseState.SUPPRESSED) {
            return Optional.of("until: expected none in state " + to + ", got " + decision.getUntil());
        }
        if (decision.getUntil() != null && !decision.getUntil().isAfter(decision.getDecidedAt())) {
            return Optional.of(
                    "until: expected a time after " + decision.getDecidedAt() + ", got " + decision.getUntil());
        }
        return evidence(known, decision);
    }

    /** What is put away must have been seen whole. */
    private static Optional<String> evidence(InfringementCase known, CaseDecision decision) {
        int seen = decision.getEvidenceVersion();
        int there = known.getOccurrences();
        if (seen > there || (seen < there && !isOpen(decision.getState()))) {
            return Optional.of("evidenceVersion: expected " + there + ", the occurrences of the case, got " + seen);
        }
        return Optional.empty();
    }
}
