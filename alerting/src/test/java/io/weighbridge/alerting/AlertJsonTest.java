package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.UploadRef;
import io.weighbridge.schemas.avro.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The committed files are the contract: fields may be added to them, never renamed or removed. */
class AlertJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldGiveAnAlertInItsCommittedForm() throws IOException {
        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(AlertJson.of(TestAlerts.first())))
                .isEqualTo(pretty("/alert.json"));
    }

    @Test
    void shouldGiveACaseInItsCommittedForm() throws IOException {
        var opened = Case.after(null, TestAlerts.first(), Instant.parse("2026-02-03T04:05:09Z"));

        assertThat(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(CaseJson.of(opened)))
                .isEqualTo(pretty("/case.json"));
    }

    @Test
    void shouldTellWhatWasDecidedAndWhatKeepsACaseDismissed() {
        var known = InfringementCase.newBuilder(TestRecords.infringementCase())
                .setState(CaseState.CLOSED)
                .setVerdict(Verdict.FALSE_POSITIVE)
                .setDecisions(List.of(TestRecords.caseDecision()))
                .setDismissal(TestRecords.suppression())
                .build();

        JsonNode json = CaseJson.of(known);

        assertThat(json.get("state").textValue()).isEqualTo("CLOSED");
        assertThat(json.at("/decisions/0").toString())
                .isEqualTo(
                        "{\"id\":\"d1\",\"actor\":\"ann\",\"decidedAt\":\"2026-02-03T04:06:06.789Z\",\"state\":\"CLOSED\","
                                + "\"verdict\":\"FALSE_POSITIVE\",\"reason\":\"another architecture\",\"evidenceVersion\":1,"
                                + "\"until\":null,\"refusal\":null}");
        assertThat(json.at("/dismissal/scope/owner").textValue()).isEqualTo("mallory");
        assertThat(json.at("/dismissal/expiresAt").textValue()).isEqualTo("2026-02-03T05:05:06.789Z");
    }

    @Test
    void shouldGiveNullForWhatIsNotKnown() {
        var alert = InfringementAlert.newBuilder(TestAlerts.first())
                .setUpload(UploadRef.newBuilder(TestAlerts.first().getUpload())
                        .setUploader(null)
                        .build())
                .setUploadFile(FileScan.newBuilder(TestAlerts.first().getUploadFile())
                        .setFormat(null)
                        .setSha256(null)
                        .setCodes(List.of())
                        .build())
                .setFalseMatchRate(Double.NaN)
                .build();

        JsonNode json = AlertJson.of(alert);

        assertThat(json.at("/upload/uploader").isNull()).isTrue();
        assertThat(json.at("/upload/file/format").isNull()).isTrue();
        assertThat(json.at("/upload/file/sha256").isNull()).isTrue();
        assertThat(json.at("/upload/file/code").isNull()).isTrue();
        assertThat(json.at("/falseMatchRate").isNull()).isTrue();
        assertThat(json.at("/confidence").isNull()).isTrue();
        assertThat(json.at("/oddsOfChance").textValue()).isEqualTo("unknown");
    }

    private static String pretty(String resource) throws IOException {
        try (var in = Objects.requireNonNull(AlertJsonTest.class.getResourceAsStream(resource), resource)) {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(in));
        }
    }
}
