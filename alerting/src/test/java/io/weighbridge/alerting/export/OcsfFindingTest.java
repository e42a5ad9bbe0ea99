package io.weighbridge.alerting.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.SeverityRule;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OcsfFindingTest {

    private static final CaseLinks LINKS = new CaseLinks(Optional.of("https://board.example"));

    /** What class 2004 of OCSF 1.5.0 requires, of the event and of the objects in it. */
    private static final List<String> REQUIRED = List.of(
            "/activity_id",
            "/category_uid",
            "/class_uid",
            "/finding_info/uid",
            "/finding_info/analytic/type_id",
            "/metadata/product",
            "/metadata/version",
            "/severity_id",
            "/time",
            "/type_uid",
            "/evidences/0/file/name",
            "/evidences/0/file/type_id",
            "/evidences/0/file/hashes/0/algorithm_id",
            "/evidences/0/file/hashes/0/value");

    @Test
    void shouldHoldAllThatTheClassRequires() {
        for (JsonNode finding :
                List.of(OcsfFinding.of(TestAlerts.first(), LINKS), OcsfFinding.of(TestCases.dismissed(), LINKS))) {
            assertThat(REQUIRED).allMatch(path -> !finding.at(path).isMissingNode());
            assertThat(finding.path("class_uid").asInt()).isEqualTo(2004);
            assertThat(finding.path("category_uid").asInt()).isEqualTo(2);
            assertThat(finding.path("type_uid").asInt())
                    .isEqualTo(2004 * 100 + finding.path("activity_id").asInt());
        }
    }

    @Test
    void shouldMakeANewFindingOfAnAlert() {
        JsonNode finding = OcsfFinding.of(TestAlerts.first(), LINKS);

        assertThat(finding.path("activity_name").asText()).isEqualTo("Create");
        assertThat(finding.path("status").asText()).isEqualTo("New");
        assertThat(finding.path("is_alert").asBoolean()).isTrue();
        assertThat(finding.path("time").asLong())
                .isEqualTo(TestAlerts.first().getMatchedAt().toEpochMilli());
        assertThat(finding.at("/metadata/uid").asText())
                .isEqualTo(Occurrence.of(TestAlerts.first()).id());
        assertThat(finding.at("/finding_info/uid").asText()).isEqualTo("a3f1c0ffee");
        assertThat(finding.at("/finding_info/src_url").asText()).isEqualTo("https://board.example/#/case/a3f1c0ffee");
        assertThat(finding.at("/resources/0/owner/name").asText()).isEqualTo("mallory");
        assertThat(finding.at("/resources/1/uid").asText()).isEqualTo("alice-resnet-mini");
        assertThat(finding.path("severity").asText().substring(0, 3))
                .isEqualToIgnoringCase(
                        SeverityRule.of(TestAlerts.first()).severity().name().substring(0, 3));
    }

    @Test
    void shouldBeTheSameWheneverItIsWritten() {
        assertThat(OcsfFinding.of(TestAlerts.first(), LINKS)).isEqualTo(OcsfFinding.of(TestAlerts.first(), LINKS));
    }

    @ParameterizedTest
    @CsvSource({"INFO,1", "LOW,2", "MEDIUM,3", "HIGH,4", "CRITICAL,5"})
    void shouldMapEverySeverity(Severity severity, int id) {
        assertThat(OcsfFinding.of(with(TestCases.fresh(), severity), LINKS)
                        .path("severity_id")
                        .asInt())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "NEW,1,1",
        "IN_REVIEW,2,2",
        "CONFIRMED,2,2",
        "DISPUTED,2,2",
        "SUPPRESSED,3,2",
        "ACTIONED,4,3",
        "CLOSED,4,3"
    })
    void shouldMapEveryState(CaseState state, int status, int activity) {
        JsonNode finding = OcsfFinding.of(
                InfringementCase.newBuilder(TestCases.fresh())
                        .setState(state)
                        .setDecisionCount(state == CaseState.NEW ? 0 : 1)
                        .build(),
                LINKS);

        assertThat(finding.path("status_id").asInt()).isEqualTo(status);
        assertThat(finding.path("activity_id").asInt()).isEqualTo(activity);
    }

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void shouldMapEveryVerdict(Verdict verdict) {
        JsonNode evidence = OcsfFinding.of(
                        InfringementCase.newBuilder(TestCases.dismissed())
                                .setVerdict(verdict)
                                .build(),
                        LINKS)
                .at("/evidences/0");

        assertThat(evidence.path("verdict_id").asInt()).isIn(1, 5, 6, 10, 99);
        assertThat(evidence.path("verdict").asText()).isNotEmpty();
    }

    private static InfringementCase with(InfringementCase found, Severity severity) {
        return InfringementCase.newBuilder(found).setSeverity(severity).build();
    }
}
