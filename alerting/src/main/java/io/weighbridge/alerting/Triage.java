package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the state of a case changes: by what people decide, and by rules. A dismissed case stays dismissed until its dismissal ends, a closer
 * revision comes, or another version of the protected model matches; a case that was closed after action was taken opens again with any match.
 */
final class Triage {

    /** Decisions that a case lists; older ones are only counted. */
    static final int MAX_DECISIONS = 100;

    /** The actor of what rules decide. */
    static final String BY_RULE = "weighbridge";

    private final AlertRules rules;
    private final Instant now;

    Triage(AlertRules rules, Instant now) {
        this.rules = rules;
        this.now = now;
    }

    /**
     * After a match.
     *
     * @param grown the case with its evidence, in the state it had before
     */
    InfringementCase arrived(InfringementCase grown, InfringementAlert alert) {
        var settled = settled(stillDismissed(grown, whyReopen(grown, alert)));
        return settled.getDismissal() == null
                ? settled
                : InfringementCase.newBuilder(settled)
                        .setSuppressedOccurrences(settled.getSuppressedOccurrences() + 1)
                        .build();
    }

    /** After time has passed, or rules have changed; the same case if nothing follows from that. */
    InfringementCase swept(InfringementCase known) {
        var settled = settled(stillDismissed(known, whyReopen(known)));
        boolean isGradedOnly = settled != known && settled.getVersion() == known.getVersion();
        return isGradedOnly
                ? InfringementCase.newBuilder(settled)
                        .setVersion(known.getVersion() + 1)
                        .build()
                : settled;
    }

    /** After a person's decision; the same case if the decision is known. */
    InfringementCase decided(InfringementCase known, CaseDecision decision) {
        if (known.getDecisions().stream().anyMatch(earlier -> earlier.getId().equals(decision.getId()))) {
            return known;
        }
        Optional<String> refusal = Transitions.refusal(known, decision);
        if (refusal.isPresent()) {
            return with(
                            known,
                            CaseDecision.newBuilder(decision)
                                    .setRefusal(refusal.get())
                                    .build())
                    .build();
        }
        return with(known, CaseDecision.newBuilder(decision).setRefusal(null).build())
                .setState(decision.getState())
                .setStateSince(decision.getDecidedAt())
                .setVerdict(decision.getVerdict())
                .setDismissal(dismissal(known, decision))
                .build();
    }

    /** What keeps a case away from people once it is put away with a verdict, or for a while. */
    private static Suppression dismissal(InfringementCase known, CaseDecision decision) {
        boolean isPutAway = decision.getState() == CaseState.SUPPRESSED
                || (decision.getState() == CaseState.CLOSED && decision.getVerdict() != null);
        return isPutAway
                ? Suppression.newBuilder()
                        .setId(AlertRules.CASE + known.getAlertId())
                        .setAlertId(known.getAlertId())
                        .setNotCloserThan(known.getBest().getFalseMatchRate())
                        .setProtectedSha256(known.getLatest().getProtectedFile().getSha256())
                        .setVerdict(decision.getVerdict())
                        .setAuthor(decision.getActor())
                        .setReason(decision.getReason())
                        .setCreatedAt(decision.getDecidedAt())
                        .setExpiresAt(decision.getUntil())
                        .build()
                : null;
    }

    private Optional<String> whyReopen(InfringementCase grown, InfringementAlert alert) {
        Suppression dismissal = grown.getDismissal();
        if (grown.getState() == CaseState.CLOSED && dismissal == null) {
            return Optional.of("uploaded again after the case was closed: revision "
                    + alert.getUpload().getRevision());
        }
        if (dismissal != null && Suppressions.isOtherVersion(dismissal, alert)) {
            return Optional.of("a new version of the protected model matches");
        }
        return whyReopen(grown);
    }

    private Optional<String> whyReopen(InfringementCase known) {
        Suppression dismissal = known.getDismissal();
        if (dismissal == null) {
            return Optional.empty();
        }
        if (dismissal.getId().startsWith(AlertRules.CASE)) {
            return whyEnded(dismissal, known);
        }
        boolean isStanding = rules.standing(known.getLatest(), now)
                .filter(standing -> standing.getId().equals(dismissal.getId()))
                .isPresent();
        return isStanding ? Optional.empty() : Optional.of(dismissal.getId() + " does not cover it any more");
    }

    private Optional<String> whyEnded(Suppression dismissal, InfringementCase known) {
        if (Suppressions.isCloser(dismissal, known.getBest())) {
            return Optional.of("a closer match: " + known.getBest().getDistanceBits() + " of "
                    + known.getBest().getBits() + " bits differ by "
                    + known.getBest().getAlgorithm());
        }
        return Suppressions.isExpired(dismissal, now)
                ? Optional.of("the time of its suppression is over")
                : Optional.empty();
    }

    private InfringementCase stillDismissed(InfringementCase known, Optional<String> whyReopen) {
        return whyReopen
                .map(reason -> byRule(known, CaseState.NEW, null, reason))
                .orElse(known);
    }

    /** With the severity that its evidence gives, and out of people's way if a rule says so. */
    private InfringementCase settled(InfringementCase known) {
        var graded = graded(known);
        if (graded.getState() != CaseState.NEW) {
            return graded;
        }
        return rules.standing(graded.getLatest(), now)
                .map(standing -> byRule(
                        graded,
                        standing.getId().startsWith(AlertRules.POLICY) ? CaseState.CLOSED : CaseState.SUPPRESSED,
                        standing,
                        standing.getReason()))
                .orElse(graded);
    }

    private InfringementCase graded(InfringementCase known) {
        var policy = rules.policy(known.getBest().getProtectedModel().getId());
        var grade = SeverityRule.of(known.getBest(), policy.orElse(null));
        boolean isSame =
                grade.severity() == known.getSeverity() && grade.reasons().equals(known.getSeverityReasons());
        return isSame
                ? known
                : InfringementCase.newBuilder(known)
                        .setSeverity(grade.severity())
                        .setSeverityReasons(grade.reasons())
                        .build();
    }

    private InfringementCase byRule(InfringementCase known, CaseState state, Suppression dismissal, String reason) {
        var decision = CaseDecision.newBuilder()
                .setId("rule-" + (known.getVersion() + 1))
                .setAlertId(known.getAlertId())
                .setActor(BY_RULE)
                .setDecidedAt(now)
                .setState(state)
                .setVerdict(dismissal == null ? null : dismissal.getVerdict())
                .setReason(reason)
                .setEvidenceVersion(known.getOccurrences())
                .build();
        return with(known, decision)
                .setState(state)
                .setStateSince(now)
                .setVerdict(decision.getVerdict())
                .setDismissal(dismissal)
                .build();
    }

    private static InfringementCase.Builder with(InfringementCase known, CaseDecision decision) {
        List<CaseDecision> all = new ArrayList<>(known.getDecisions());
        all.add(decision);
        return InfringementCase.newBuilder(known)
                .setVersion(known.getVersion() + 1)
                .setDecisions(all.subList(Math.max(0, all.size() - MAX_DECISIONS), all.size()))
                .setDecisionCount(known.getDecisionCount() + 1);
    }
}
