package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of cases by decisions, suppressions and policies, through the whole topology. */
class TriageTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final InfringementAlert FIRST = TestAlerts.at(TestAlerts.first(), 20, 1e-9);

    @TempDir
    private Path folder;

    private AlertingDriver alerting;

    @BeforeEach
    void start() {
        alerting = new AlertingDriver(folder);
    }

    @AfterEach
    void stop() {
        alerting.close();
    }

    @Test
    void shouldKeepWhatWasDecidedByWhomWhenAndOnWhichEvidence() {
        alerting.match(FIRST);
        alerting.decide(CaseState.IN_REVIEW, null);
        alerting.decide(CaseState.CONFIRMED, null);
        alerting.decide(CaseState.ACTIONED, null);

        var known = alerting.present();
        assertThat(known.getState()).isEqualTo(CaseState.ACTIONED);
        assertThat(known.getVersion()).isEqualTo(4);
        assertThat(known.getDecisions())
                .extracting(CaseDecision::getActor, CaseDecision::getState, CaseDecision::getEvidenceVersion)
                .containsExactly(
                        tuple("ann", CaseState.IN_REVIEW, 1),
                        tuple("ann", CaseState.CONFIRMED, 1),
                        tuple("ann", CaseState.ACTIONED, 1));
        assertThat(last(alerting.cases().readValuesToList())).isEqualTo(known);
    }

    @Test
    void shouldTakeADecisionOnceHoweverOftenItIsSent() {
        alerting.match(FIRST);
        var decision = alerting.decision(CaseState.CONFIRMED, null);
        alerting.decide(decision);
        alerting.decide(decision);

        assertThat(alerting.present().getDecisions()).hasSize(1);
        assertThat(alerting.cases().readValuesToList()).hasSize(2);
    }

    @Test
    void shouldRecordARefusedDecisionAndLeaveTheStateAlone() {
        alerting.match(FIRST);
        alerting.decide(CaseState.ACTIONED, null);

        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
        assertThat(alerting.present().getDecisions())
                .singleElement()
                .satisfies(decision -> assertThat(decision.getRefusal()).contains("after NEW, got ACTIONED"));
        assertThat(alerting.registry()
                        .get(AlertMetrics.DECISIONS)
                        .tag("state", "REFUSED")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldPutAsideADecisionOnACaseThatIsNotKnown() {
        alerting.decide(CaseDecision.newBuilder(TestRecords.caseDecision())
                .setAlertId("nothing")
                .build());

        assertThat(alerting.deadLetters().readValue().getCause())
                .isEqualTo("alertId: expected the id of a case, got nothing");
    }

    @Test
    void shouldStayDismissedWhileNothingCloserComes() {
        alerting.match(FIRST);
        alerting.decide(CaseState.CLOSED, Verdict.FALSE_POSITIVE);
        alerting.match(TestAlerts.at(TestAlerts.revision("r2", 1), 25, 1e-8));
        alerting.match(TestAlerts.at(TestAlerts.revision("r3", 2), 20, 1e-9));

        var known = alerting.present();
        assertThat(known.getState()).isEqualTo(CaseState.CLOSED);
        assertThat(known.getVerdict()).isEqualTo(Verdict.FALSE_POSITIVE);
        assertThat(known.getOccurrences()).isEqualTo(3);
        assertThat(known.getSuppressedOccurrences()).isEqualTo(2);
        assertThat(known.getRevisions()).containsExactly("main", "r2", "r3");
    }

    @Test
    void shouldCountTheCasesThatWaitForPeople() {
        alerting.match(
                InfringementAlert.newBuilder(FIRST).setHeld(HeldReason.SHADOW).build());
        assertThat(openCases()).isZero();
        alerting.match(TestAlerts.at(TestAlerts.revision("r2", 1), 20, 1e-9));
        assertThat(openCases()).isEqualTo(1);
        alerting.decide(CaseState.CLOSED, Verdict.FALSE_POSITIVE);
        assertThat(openCases()).isZero();
        alerting.match(TestAlerts.at(TestAlerts.revision("r3", 2), 10, 1e-12));
        assertThat(openCases()).as("opened again").isEqualTo(1);
        alerting.decide(CaseState.IN_REVIEW, null);
        assertThat(openCases()).isEqualTo(1);
        alerting.decide(CaseState.SUPPRESSED, null);
        assertThat(openCases()).isZero();
    }

    @Test
    void shouldReopenForACloserRevision() {
        alerting.match(FIRST);
        alerting.decide(CaseState.CLOSED, Verdict.FALSE_POSITIVE);
        alerting.match(TestAlerts.at(TestAlerts.revision("r2", 1), 10, 1e-12));

        var known = alerting.present();
        assertThat(known.getState()).isEqualTo(CaseState.NEW);
        assertThat(known.getVerdict()).isNull();
        assertThat(known.getDismissal()).isNull();
        assertThat(last(known.getDecisions()).getActor()).isEqualTo("weighbridge");
        assertThat(last(known.getDecisions()).getReason()).startsWith("a closer match: 10 of");
    }

    @Test
    void shouldReopenForAnotherVersionOfTheProtectedModelAndStayClosedIfDismissedAgain() {
        alerting.match(FIRST);
        alerting.decide(CaseState.CLOSED, Verdict.COMMON_ANCESTOR);
        alerting.match(ofOtherVersion(TestAlerts.at(TestAlerts.revision("r2", 1), 30, 1e-6)));
        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
        assertThat(last(alerting.present().getDecisions()).getReason())
                .isEqualTo("a new version of the protected model matches");

        alerting.decide(CaseState.CLOSED, Verdict.COMMON_ANCESTOR);
        alerting.pass(SECOND);
        assertThat(alerting.present().getState()).isEqualTo(CaseState.CLOSED);
    }

    @Test
    void shouldReopenACaseThatWasClosedAfterActionWithAnyUpload() {
        alerting.match(FIRST);
        alerting.decide(CaseState.CONFIRMED, null);
        alerting.decide(CaseState.ACTIONED, null);
        alerting.decide(CaseState.CLOSED, null);
        alerting.match(TestAlerts.at(TestAlerts.revision("r2", 1), 30, 1e-6));

        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
        assertThat(last(alerting.present().getDecisions()).getReason())
                .isEqualTo("uploaded again after the case was closed: revision r2");
    }

    @Test
    void shouldTellOthersOfADismissalAndOfItsEnd() {
        alerting.match(FIRST);
        alerting.decide(CaseState.CLOSED, Verdict.FALSE_POSITIVE);
        var told = alerting.dismissals().readKeyValue();
        assertThat(told.key).isEqualTo("case/" + FIRST.getAlertId());
        assertThat(told.value.getNotCloserThan()).isEqualTo(1e-9);

        alerting.decide(CaseState.IN_REVIEW, null);
        assertThat(alerting.dismissals().readKeyValue().value).isNull();
    }

    @Test
    void shouldReopenWhenTheTimeOfASuppressionIsOver() {
        alerting.match(FIRST);
        alerting.decide(CaseDecision.newBuilder(alerting.decision(CaseState.SUPPRESSED, null))
                .setUntil(AlertingDriver.START.plusSeconds(60))
                .build());
        alerting.pass(Duration.ofSeconds(59));
        assertThat(alerting.present().getState()).isEqualTo(CaseState.SUPPRESSED);

        alerting.pass(SECOND);
        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
        assertThat(last(alerting.present().getDecisions()).getReason())
                .isEqualTo("the time of its suppression is over");
    }

    @Test
    void shouldSuppressWhatARuleCoversBeforeAndAfterAndBringItBackWhenTheRuleIsLifted() {
        alerting.match(FIRST);
        alerting.suppress(ofMallory().setExpiresAt(null).build());
        alerting.pass(SECOND);
        assertThat(alerting.present().getState()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(alerting.present().getVerdict()).isEqualTo(Verdict.TEST);

        alerting.match(TestAlerts.at(TestAlerts.revision("r2", 1), 1, 1e-30));
        assertThat(alerting.present().getSuppressedOccurrences()).isEqualTo(1);

        alerting.lift("rule/1");
        alerting.pass(SECOND);
        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
        assertThat(last(alerting.present().getDecisions()).getReason()).isEqualTo("rule/1 does not cover it any more");
    }

    @Test
    void shouldSuppressANewCaseAtOnceAndCountIt() {
        alerting.suppress(ofMallory().build());
        alerting.match(FIRST);

        assertThat(alerting.present().getState()).isEqualTo(CaseState.SUPPRESSED);
        assertThat(alerting.present().getSuppressedOccurrences()).isEqualTo(1);
        assertThat(alerting.registry().counter(AlertMetrics.SUPPRESSED).count()).isEqualTo(1);
    }

    @Test
    void shouldLeaveAloneWhatARuleDoesNotCover() {
        alerting.suppress(ofMallory().setOwner("somebody-else").build());
        alerting.match(FIRST);

        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
    }

    @Test
    void shouldNotTakeAConfirmedCaseAwayByARule() {
        alerting.match(FIRST);
        alerting.decide(CaseState.CONFIRMED, null);
        alerting.suppress(ofMallory().build());
        alerting.pass(SECOND);

        assertThat(alerting.present().getState()).isEqualTo(CaseState.CONFIRMED);
    }

    @Test
    void shouldCloseWhatThePolicyAuthorisesAndReopenWhenItNoLongerDoes() {
        alerting.policy(policy(ProtectionMode.LIVE)
                .setAuthorisedOwners(List.of("mallory"))
                .build());
        alerting.match(FIRST);
        assertThat(alerting.present().getState()).isEqualTo(CaseState.CLOSED);
        assertThat(alerting.present().getVerdict()).isEqualTo(Verdict.BENIGN_AUTHORISED);

        alerting.policy(policy(ProtectionMode.LIVE).build());
        alerting.pass(SECOND);
        assertThat(alerting.present().getState()).isEqualTo(CaseState.NEW);
    }

    @Test
    void shouldCountAndListWhatIsHeldAndReleaseItWhenItsModelGoesLive() {
        var held =
                InfringementAlert.newBuilder(FIRST).setHeld(HeldReason.SHADOW).build();
        alerting.match(held);
        assertThat(alerting.present().getHeld()).isEqualTo(HeldReason.SHADOW);
        assertThat(alerting.present().getHeldOccurrences()).isEqualTo(1);

        alerting.policy(policy(ProtectionMode.LIVE).build());
        alerting.pass(SECOND);
        assertThat(alerting.present().getHeld()).isNull();
        assertThat(alerting.released().readKeyValuesToList())
                .singleElement()
                .satisfies(released -> assertThat(released.value).isEqualTo(FIRST));

        alerting.match(FIRST);
        alerting.pass(SECOND);
        assertThat(alerting.present().getOccurrences()).isEqualTo(1);
        assertThat(alerting.released().isEmpty()).isTrue();
    }

    @Test
    void shouldNotReleaseWhatIsInQuarantine() {
        alerting.match(InfringementAlert.newBuilder(FIRST)
                .setHeld(HeldReason.QUARANTINE)
                .build());
        alerting.policy(policy(ProtectionMode.LIVE).build());
        alerting.pass(SECOND);

        assertThat(alerting.present().getHeld()).isEqualTo(HeldReason.QUARANTINE);
    }

    @Test
    void shouldBeACaseLikeAnyOtherOnceALiveAlertComes() {
        alerting.match(InfringementAlert.newBuilder(FIRST)
                .setHeld(HeldReason.QUARANTINE)
                .build());
        alerting.match(TestAlerts.revision("r2", 1));

        assertThat(alerting.present().getHeld()).isNull();
        assertThat(alerting.present().getHeldOccurrences()).isEqualTo(1);
        assertThat(alerting.present().getOccurrences()).isEqualTo(2);
    }

    @Test
    void shouldSendNothingWhileNothingChanges() {
        alerting.match(FIRST);
        alerting.pass(SECOND);
        alerting.cases().readValuesToList();
        alerting.pass(Duration.ofHours(1));

        assertThat(alerting.cases().isEmpty()).isTrue();
    }

    private static InfringementAlert ofOtherVersion(InfringementAlert alert) {
        return InfringementAlert.newBuilder(alert)
                .setProtectedFile(FileScan.newBuilder(alert.getProtectedFile())
                        .setSha256("00")
                        .build())
                .build();
    }

    private static Suppression.Builder ofMallory() {
        return Suppression.newBuilder(TestRecords.suppression());
    }

    private static ProtectionPolicy.Builder policy(ProtectionMode mode) {
        return ProtectionPolicy.newBuilder(TestRecords.protectionPolicy())
                .setMode(mode)
                .setAuthorisedOwners(List.of())
                .setAuthorisedLicenses(List.of());
    }

    private double openCases() {
        return alerting.registry().get(AlertMetrics.OPEN).gauge().value();
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
