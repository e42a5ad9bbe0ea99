package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {

    private static final Instant DECIDED_AT = TestRecords.caseDecision().getDecidedAt();

    @ParameterizedTest
    @CsvSource({
        "NEW, IN_REVIEW",
        "IN_REVIEW, CONFIRMED",
        "CONFIRMED, ACTIONED",
        "ACTIONED, CLOSED",
        "CLOSED, IN_REVIEW",
        "CONFIRMED, DISPUTED",
        "DISPUTED, CONFIRMED",
        "SUPPRESSED, NEW"
    })
    void shouldLeadFromTheFirstLookToTheEnd(CaseState from, CaseState to) {
        assertThat(Transitions.refusal(inState(from), to(to).build())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CaseState.class)
    void shouldNameTheStatesThatAreAllowed(CaseState from) {
        for (CaseState to : EnumSet.complementOf(EnumSet.copyOf(Transitions.from(from)))) {
            assertThat(Transitions.refusal(inState(from), to(to).build()))
                    .hasValue("state: expected one of " + Transitions.from(from) + " after " + from + ", got " + to);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CaseState.class,
            names = {"NEW", "IN_REVIEW", "DISPUTED", "SUPPRESSED"})
    void shouldNeedAVerdictToCloseWhatWasNotConfirmed(CaseState from) {
        assertThat(Transitions.refusal(inState(from), to(CaseState.CLOSED).build()))
                .hasValue("verdict: expected why the match needs no action, got none");
        assertThat(Transitions.refusal(
                        inState(from),
                        to(CaseState.CLOSED).setVerdict(Verdict.DUPLICATE).build()))
                .isEmpty();
    }

    @Test
    void shouldRefuseAVerdictOnAnOpenCase() {
        assertThat(Transitions.refusal(
                        inState(CaseState.NEW),
                        to(CaseState.IN_REVIEW).setVerdict(Verdict.TEST).build()))
                .hasValue("verdict: expected none in state IN_REVIEW, got TEST");
    }

    @Test
    void shouldNeedAReason() {
        assertThat(Transitions.refusal(
                        inState(CaseState.NEW),
                        to(CaseState.IN_REVIEW).setReason(" ").build()))
                .hasValue("reason: expected why, got nothing");
    }

    @Test
    void shouldTakeAnEndForASuppressionOnlyAndOnlyInTheFuture() {
        var later = DECIDED_AT.plusSeconds(1);

        assertThat(Transitions.refusal(
                        inState(CaseState.NEW),
                        to(CaseState.SUPPRESSED).setUntil(later).build()))
                .isEmpty();
        assertThat(Transitions.refusal(
                        inState(CaseState.NEW),
                        to(CaseState.SUPPRESSED).setUntil(DECIDED_AT).build()))
                .hasValueSatisfying(refusal -> assertThat(refusal).startsWith("until: expected a time after"));
        assertThat(Transitions.refusal(
                        inState(CaseState.NEW),
                        to(CaseState.CONFIRMED).setUntil(later).build()))
                .hasValueSatisfying(refusal -> assertThat(refusal).startsWith("until: expected none"));
    }

    @Test
    void shouldNotPutAwayEvidenceThatWasNotSeen() {
        var known = InfringementCase.newBuilder(inState(CaseState.NEW))
                .setOccurrences(3)
                .build();

        assertThat(Transitions.refusal(
                        known,
                        to(CaseState.CLOSED)
                                .setVerdict(Verdict.FALSE_POSITIVE)
                                .setEvidenceVersion(2)
                                .build()))
                .hasValue("evidenceVersion: expected 3, the occurrences of the case, got 2");
        assertThat(Transitions.refusal(
                        known, to(CaseState.CONFIRMED).setEvidenceVersion(2).build()))
                .isEmpty();
        assertThat(Transitions.refusal(
                        known, to(CaseState.CONFIRMED).setEvidenceVersion(4).build()))
                .isPresent();
    }

    private static InfringementCase inState(CaseState state) {
        return InfringementCase.newBuilder(TestRecords.infringementCase())
                .setOccurrences(1)
                .setState(state)
                .build();
    }

    private static CaseDecision.Builder to(CaseState state) {
        return CaseDecision.newBuilder(TestRecords.caseDecision())
                .setState(state)
                .setVerdict(null)
                .setEvidenceVersion(1);
    }
}
