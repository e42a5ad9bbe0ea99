package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.UploadRef;
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
