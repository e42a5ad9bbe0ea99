package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.feed.cases.TestCases;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProtectedRoutesTest {

    private WebStage stage;

    @BeforeEach
    void open() {
        stage = new WebStage();
        stage.picture.protectedModel(FeedRecords.model("a", FeedRecords.PROTECTED_AT));
        stage.picture.protectedModel(FeedRecords.model("b", FeedRecords.PROTECTED_AT.plusSeconds(1)));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldListInPagesByTextAndMode() {
        stage.picture.policy(policy("a", ProtectionMode.SHADOW, null));

        var first = json(stage.http.get("/api/v1/protected?limit=1"));
        var second = json(stage.http.get(
                "/api/v1/protected?limit=1&cursor=" + first.path("next").asText()));

        assertThat(first.path("protected").path(0).path("id").asText()).isEqualTo("b");
        assertThat(first.path("total").asInt()).isEqualTo(2);
        assertThat(second.path("protected").path(0).path("id").asText()).isEqualTo("a");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(ids("/api/v1/protected?mode=SHADOW")).isEqualTo("[a]");
        assertThat(ids("/api/v1/protected?mode=LIVE,DISABLED")).isEqualTo("[b]");
        assertThat(ids("/api/v1/protected?text=B")).isEqualTo("[b]");
        assertProblem(stage.http.get("/api/v1/protected?mode=ON"), 400);
    }

    @Test
    void shouldShowThePolicyAndTheCasesOfAModel() {
        stage.picture.policy(policy("a", ProtectionMode.DISABLED, Instant.parse("2026-01-01T00:00:00Z")));
        stage.picture.alerted(TestCases.of(1, "a", CaseState.NEW, Severity.HIGH));
        stage.picture.alerted(
                TestCases.builder(2, "a").setHeld(HeldReason.DISABLED).build());

        var model = json(stage.http.get("/api/v1/protected/a"));

        assertThat(model.path("mode").asText()).as("its time is over").isEqualTo("LIVE");
        assertThat(model.path("policy").path("mode").asText()).isEqualTo("DISABLED");
        assertThat(model.path("policy").path("authorisedOwners").path(0).asText())
                .isEqualTo("alice-labs");
        assertThat(model.path("counts").path("byState").path("NEW").asInt()).isEqualTo(1);
        assertThat(model.path("counts").path("byHeld").path("DISABLED").asInt()).isEqualTo(1);
        assertThat(model.path("cases").asInt()).isEqualTo(2);

        stage.picture.policyRemoved("a");

        assertThat(json(stage.http.get("/api/v1/protected/a")).path("policy").isNull())
                .isTrue();
    }

    @Test
    void shouldTellMatchesOverTimeEachOnce() {
        for (int times = 0; times < 2; times++) {
            stage.picture.matched(TestCases.alert(1, "a"));
            stage.picture.held(InfringementAlert.newBuilder(TestCases.alert(2, "a"))
                    .setHeld(HeldReason.SHADOW)
                    .build());
        }
        stage.picture.matched(TestCases.alert(4_000, "a"));
        stage.picture.matched(TestCases.alert(3, "b"));
        stage.picture.alerted(TestCases.builder(4_000, "a")
                .setState(CaseState.CLOSED)
                .setDismissal(Suppression.newBuilder(TestRecords.suppression())
                        .setCreatedAt(TestCases.openedAt(100))
                        .build())
                .build());

        var hours = json(stage.http.get("/api/v1/protected/a/matches?bucket=hour"));
        var days = json(stage.http.get("/api/v1/protected/a/matches"));

        assertThat(hours.path("total").asInt()).isEqualTo(3);
        assertThat(hours.path("buckets")).hasSize(2);
        assertThat(hours.path("buckets").path(0).path("alerts").asInt()).isEqualTo(1);
        assertThat(hours.path("buckets").path(0).path("held").asInt()).isEqualTo(1);
        assertThat(hours.path("buckets").path(1).path("suppressed").asInt()).isEqualTo(1);
        assertThat(hours.path("buckets").path(0).path("at").asText()).endsWith(":00:00Z");
        assertThat(days.path("buckets")).hasSize(1);
        assertProblem(stage.http.get("/api/v1/protected/a/matches?bucket=week"), 400);
        assertProblem(stage.http.get("/api/v1/protected/none/matches"), 404);
    }

    @Test
    void shouldPreviewWhatAModelWouldAlertTo() {
        stage.picture.policy(policy("a", ProtectionMode.SHADOW, null));
        stage.picture.alerted(
                TestCases.builder(1, "a").setHeld(HeldReason.SHADOW).build());
        stage.picture.alerted(TestCases.builder(2, "a")
                .setHeld(HeldReason.SHADOW)
                .setRevisionCount(3)
                .build());
        stage.picture.alerted(TestCases.of(3, "a"));

        var preview = json(stage.http.get("/api/v1/protected/a/preview"));

        assertThat(preview.path("mode").asText()).isEqualTo("SHADOW");
        assertThat(preview.path("wouldAlert").asInt()).isEqualTo(2);
        assertThat(preview.path("uploads").asInt()).isEqualTo(4);
        assertThat(preview.path("owners")).hasSize(2);
        assertThat(preview.path("distances").toString()).isEqualTo("[12,12]");
        assertThat(preview.path("cases").path(0).path("alertId").asText()).isEqualTo("case-2");
        assertProblem(stage.http.get("/api/v1/protected/none/preview"), 404);
    }

    private String ids(String path) {
        return json(stage.http.get(path)).path("protected").findValuesAsText("id").stream()
                .filter(id -> id.length() == 1)
                .toList()
                .toString();
    }

    private static ProtectionPolicy policy(String id, ProtectionMode mode, Instant disabledUntil) {
        return ProtectionPolicy.newBuilder(TestRecords.protectionPolicy())
                .setProtectedModelId(id)
                .setMode(mode)
                .setDisabledUntil(disabledUntil)
                .build();
    }
}
