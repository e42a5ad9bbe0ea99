package io.weighbridge.app.http;

import static io.weighbridge.app.feed.FeedRecords.alert;
import static io.weighbridge.app.feed.FeedRecords.caseOf;
import static io.weighbridge.app.feed.FeedRecords.model;
import static io.weighbridge.app.feed.FeedRecords.outcome;
import static io.weighbridge.app.feed.FeedRecords.protectedCode;
import static io.weighbridge.app.feed.FeedRecords.upload;
import static io.weighbridge.app.http.HttpProbe.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiRoutesTest {

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
    void shouldListUploadsNewestFirstInPages() {
        for (int n = 0; n < 5; n++) {
            stage.picture.received(upload(n));
        }

        var ids = new ArrayList<String>();
        var page = json(stage.http.get("/api/v1/uploads?limit=2"));
        for (; ; ) {
            page.path("uploads").forEach(row -> ids.add(row.path("id").asText()));
            if (page.path("next").isNull()) {
                break;
            }
            page = json(stage.http.get(
                    "/api/v1/uploads?limit=2&cursor=" + page.path("next").asText()));
        }

        assertThat(ids).containsExactly("upload-4", "upload-3", "upload-2", "upload-1", "upload-0");
    }

    @Test
    void shouldTellTheMatchOfAnUploadWithItsEvidence() {
        stage.picture.received(upload(1));
        stage.picture.ended(outcome(1, Outcome.HASHED));
        stage.picture.matched(alert(1, "resnet", 12, 1e-20));
        stage.picture.alerted(caseOf(alert(1, "resnet", 12, 1e-20), 3));

        var row = json(stage.http.get("/api/v1/uploads")).path("uploads").path(0);

        assertThat(row.path("outcome").asText()).isEqualTo("HASHED");
        assertThat(row.path("files").path(0).path("format").asText()).isEqualTo("safetensors");
        assertThat(row.path("files").path(0).has("codes")).isFalse();
        var match = row.path("match");
        assertThat(match.path("state").asText()).isEqualTo("MATCH");
        assertThat(match.path("protectedModel").path("id").asText()).isEqualTo("resnet");
        assertThat(match.path("distanceBits").asInt()).isEqualTo(12);
        assertThat(match.path("thresholdBits").asInt()).isEqualTo(40);
        assertThat(match.path("bits").asInt()).isEqualTo(256);
        assertThat(match.path("millisToAlert").asInt()).isEqualTo(3_000);
    }

    @Test
    void shouldShowOneUploadInFull() {
        stage.picture.ended(outcome(1, Outcome.HASHED));
        stage.picture.matched(alert(1, "a", 12, 1e-20));
        stage.picture.matched(alert(1, "b", 13, 1e-19));

        var row = json(stage.http.get("/api/v1/uploads/upload-1"));

        assertThat(row.path("files").path(0).path("codes").path(0).path("hex").asText())
                .startsWith("0f0f");
        assertThat(row.path("alerts")).hasSize(2);
    }

    @Test
    void shouldListAndShowCases() {
        stage.picture.alerted(caseOf(alert(1, "a", 12, 1e-20), 3));
        stage.picture.alerted(caseOf(alert(2, "b", 12, 1e-20), 3));

        var list = json(stage.http.get("/api/v1/alerts?limit=1"));
        var one = json(stage.http.get("/api/v1/alerts/alert-of-a"));

        assertThat(list.path("alerts").path(0).path("alertId").asText()).isEqualTo("alert-of-b");
        assertThat(list.path("next").isTextual()).isTrue();
        assertThat(one.path("latest").path("upload").path("id").asText()).isEqualTo("upload-1");
    }

    @Test
    void shouldListProtectedModelsWithoutTheirAddresses() {
        stage.picture.protectedModel(model("a", FeedRecords.PROTECTED_AT));
        stage.picture.coded(protectedCode("a", FeedRecords.PROTECTED_AT));

        var response = stage.http.get("/api/v1/protected");
        var row = json(response).path("protected").path(0);

        assertThat(row.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(row).isEqualTo(json(stage.http.get("/api/v1/protected/a")));
        assertThat(response.body()).doesNotContain("file://");
    }

    @Test
    void shouldSummarise() {
        stage.picture.ended(outcome(1, Outcome.HASHED));
        stage.picture.ended(outcome(2, Outcome.UNSUPPORTED));

        var summary = json(stage.http.get("/api/v1/summary"));

        assertThat(summary.path("uploads").path("received").asInt()).isEqualTo(2);
        assertThat(summary.path("uploads").path("byOutcome").path("UNSUPPORTED").asInt())
                .isEqualTo(1);
        assertThat(summary.path("coverage").asDouble()).isEqualTo(.5);
        assertThat(summary.path("uploadToOutcome").path("p95Millis").asInt()).isEqualTo(2_000);
        assertThat(summary.path("uploadToAlert").path("p95Millis").isNull()).isTrue();
        assertThat(summary.path("caughtUp").asBoolean()).isFalse();
        assertThat(summary.path("problem").isTextual()).isTrue();
    }

    @Test
    void shouldTellClientsWhereTheStackIsWithoutItsSecrets() {
        var response = stage.http.get("/api/v1/stack");
        var stack = json(response);

        assertThat(stack.path("product").asText()).isEqualTo("weighbridge");
        assertThat(stack.path("version").asText()).isEqualTo("1.2.3");
        assertThat(stack.path("bootstrapServers").asText()).isEqualTo("127.0.0.1:9092");
        assertThat(stack.path("schemaRegistryUrl").asText()).isEqualTo("http://127.0.0.1:8081");
        assertThat(stack.path("ports").path("http").asInt()).isEqualTo(stage.server.port());
        assertThat(stack.path("ports").path("broker").asInt()).isEqualTo(9092);
    }

    @Test
    void shouldKeepHostileTextAsText() {
        String hostile = "<script>alert(1)</script>\u2028\r\ndata: x";
        stage.picture.received(
                UploadEvent.newBuilder(upload(1)).setRepo(hostile).build());

        var response = stage.http.get("/api/v1/uploads");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response).path("uploads").path(0).path("repo").asText()).isEqualTo(hostile);
    }
}
