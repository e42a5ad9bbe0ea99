package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.feed.cases.TestCases;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scans, coverage, distances, dead letters, suppressions and operations, as a picture without a cluster shows them. */
class ResourceRoutesTest {

    private WebStage stage;

    @BeforeEach
    void open() {
        stage = new WebStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldListScansThatFitWithoutCodes() {
        stage.picture.ended(FeedRecords.outcome(1, Outcome.HASHED));
        stage.picture.ended(FeedRecords.outcome(2, Outcome.UNSUPPORTED));
        stage.picture.ended(FeedRecords.protectionOutcome("net", FeedRecords.PROTECTED_AT, Outcome.HASHED));

        var all = json(stage.http.get("/api/v1/scans?limit=2"));
        var rest = json(stage.http.get(
                "/api/v1/scans?limit=2&cursor=" + all.path("next").asText()));

        assertThat(all.path("total").asInt()).isEqualTo(3);
        assertThat(all.path("scans").path(0).path("id").asText()).isEqualTo("upload-2");
        assertThat(all.path("scans").path(1).path("files").path(0).has("codes")).isFalse();
        assertThat(rest.path("scans")).hasSize(1);
        assertThat(total("/api/v1/scans?outcome=UNSUPPORTED,FAILED")).isEqualTo(1);
        assertThat(total("/api/v1/scans?format=safetensors")).isEqualTo(2);
        assertThat(total("/api/v1/scans?format=unknown")).isEqualTo(1);
        assertThat(total("/api/v1/scans?text=MODEL-2")).isEqualTo(1);
        assertThat(total("/api/v1/scans?text=no%20known%20format")).isEqualTo(1);
        assertThat(total("/api/v1/scans?since=" + FeedRecords.uploadedAt(4))).isEqualTo(1);
        assertProblem(stage.http.get("/api/v1/scans?outcome=GOOD"), 400);
    }

    @Test
    void shouldShowOneScanWithItsCodes() {
        stage.picture.ended(FeedRecords.outcome(1, Outcome.HASHED));

        var scan = json(stage.http.get("/api/v1/scans/upload-1"));

        assertThat(scan.path("files").path(0).path("codes")).isNotEmpty();
        assertThat(scan.path("protectedModel").isNull()).isTrue();
        assertProblem(stage.http.get("/api/v1/scans/none"), 404);
    }

    @Test
    void shouldTellWhatWasNotScannedAndWhy() {
        Instant now = Instant.now();
        stage.picture.received(
                UploadEvent.newBuilder(FeedRecords.upload(0)).setUploadedAt(now).build());
        stage.picture.ended(endedAt(1, now, Outcome.HASHED, null));
        stage.picture.ended(endedAt(2, now, Outcome.MALFORMED, "weights/a1.bin: header of 93 bytes at byte 12"));
        stage.picture.ended(endedAt(3, now, Outcome.MALFORMED, "other.bin: header of 7 bytes at byte 99"));
        stage.picture.ended(FeedRecords.outcome(9, Outcome.HASHED));

        var coverage = json(stage.http.get("/api/v1/coverage?hours=24"));

        assertThat(coverage.path("received").asInt()).as("of the last day").isEqualTo(4);
        assertThat(coverage.path("hashed").asInt()).isEqualTo(1);
        assertThat(coverage.path("ratio").asDouble()).isEqualTo(.25);
        assertThat(coverage.path("byOutcome").path("MALFORMED").asInt()).isEqualTo(2);
        assertThat(coverage.path("byFormat").path("unknown").path("MALFORMED").asInt())
                .isEqualTo(2);
        assertThat(coverage.path("byHour").path(0).path("notScanned").asInt()).isEqualTo(2);
        assertThat(coverage.path("reasons")).hasSize(1);
        assertThat(coverage.path("reasons").path(0).path("reason").asText())
                .isEqualTo("…: header of … bytes at byte …");
        assertThat(coverage.path("reasons").path(0).path("count").asInt()).isEqualTo(2);
        assertProblem(stage.http.get("/api/v1/coverage?hours=0"), 400);
    }

    @Test
    void shouldTellHowFarApartUnrelatedModelsLie() {
        var response = stage.http.get("/api/v1/distances");
        var pri = json(response).path("pri");
        double sum = 0;
        for (var bin : pri.path("unrelated")) {
            sum += bin.path("share").asDouble();
        }

        assertThat(sum).isCloseTo(1, Offset.offset(1e-9));
        assertThat(pri.path("thresholdBits").asInt()).isPositive();
        assertThat(pri.path("unrelated").path(0).path("share").asDouble()).isLessThan(1e-9);
        assertThat(stage.http
                        .get(
                                "/api/v1/distances",
                                "If-None-Match",
                                response.headers().firstValue("ETag").orElseThrow())
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void shouldListDeadLettersWithoutTheirBytes() {
        letter(1, "hub/owner".getBytes(StandardCharsets.UTF_8));
        letter(2, new byte[] {0, 1, (byte) 0xff});
        letter(2, new byte[] {0, 1, (byte) 0xff});

        var page = json(stage.http.get("/api/v1/dead-letters"));
        var first = json(stage.http.get("/api/v1/dead-letters/model-uploads.v1-3-1"));

        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.path("deadLetters").path(0).path("key").isNull())
                .as("bytes that are no text")
                .isTrue();
        assertThat(first.path("key").asText()).isEqualTo("hub/owner");
        assertThat(first.path("sizeBytes").asInt()).isEqualTo(11);
        assertProblem(stage.http.get("/api/v1/dead-letters/none"), 404);
    }

    @Test
    void shouldListSuppressionsByKind() {
        stage.picture.suppressed(TestRecords.suppression());
        stage.picture.suppressed(Suppression.newBuilder(TestRecords.suppression())
                .setId("case/a1")
                .build());

        var rules = json(stage.http.get("/api/v1/suppressions?kind=rule")).path("suppressions");
        var one = json(stage.http.get("/api/v1/suppressions/rule%2F1"));

        assertThat(rules).hasSize(1);
        assertThat(rules.path(0)).isEqualTo(one);
        assertThat(one.path("isExpired").asBoolean()).isTrue();
        assertThat(one.path("covered").asInt()).isZero();
        assertThat(json(stage.http.get("/api/v1/suppressions")).path("suppressions"))
                .hasSize(2);
        assertProblem(stage.http.get("/api/v1/suppressions?kind=policy"), 400);
        assertProblem(stage.http.get("/api/v1/suppressions/rule%2F2"), 404);

        stage.picture.lifted("rule/1");

        assertProblem(stage.http.get("/api/v1/suppressions/rule%2F1"), 404);
    }

    @Test
    void shouldSayWhyGroupsAreNotKnownWithoutABroker() {
        var operations = json(stage.http.get("/api/v1/operations"));

        assertThat(operations.path("problem").asText()).contains("brokers");
        assertThat(operations.path("roles").path(0).path("role").asText()).isEqualTo("hasher");
        assertThat(operations.path("roles").path(0).path("state").asText()).isEqualTo("RUNNING");
        assertThat(operations.path("roles").path(1).path("state").isNull()).isTrue();
        assertThat(operations.path("feed").path("caughtUp").asBoolean()).isFalse();
    }

    @Test
    void shouldSayThatNothingChangedWithoutABroker() {
        stage.picture.alerted(TestCases.of(1, "a"));
        stage.picture.alerted(TestCases.of(2, "a"));
        String decision = "{\"state\":\"IN_REVIEW\",\"reason\":\"why\"}";

        var many = stage.http.send(
                "POST",
                "/api/v1/decisions",
                decision.replaceFirst("\\{", "{\"alertIds\":[\"case-1\",\"none\",\"case-2\"],"));

        assertProblem(stage.http.send("POST", "/api/v1/alerts/case-1/decisions", decision), 503);
        assertThat(json(many).path("results").findValuesAsText("status")).containsExactly("503", "404", "503");
    }

    private int total(String path) {
        return json(stage.http.get(path)).path("total").asInt();
    }

    private void letter(long offset, byte[] key) {
        var letter = DeadLetter.newBuilder(TestRecords.deadLetter())
                .setOffset(offset)
                .setKey(ByteBuffer.wrap(key))
                .build();
        stage.picture.deadLetter(new Entry<>("key", letter, FeedRecords.START, 0, offset, new RecordHeaders()));
    }

    private static ScanOutcome endedAt(int n, Instant uploadedAt, Outcome outcome, String reason) {
        var upload = UploadRef.newBuilder(FeedRecords.reference(n))
                .setUploadedAt(uploadedAt)
                .build();
        var scan = FeedRecords.outcomeOf(upload, outcome);
        return ScanOutcome.newBuilder(scan)
                .setReason(reason)
                .setFiles(List.copyOf(scan.getFiles()))
                .build();
    }
}
