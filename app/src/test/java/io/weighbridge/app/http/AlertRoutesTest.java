package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.feed.cases.TestCases;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertRoutesTest {

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
    void shouldListInFullOrAsRows() {
        stage.picture.alerted(TestCases.of(1, "a", CaseState.IN_REVIEW, Severity.HIGH));

        var full = json(stage.http.get("/api/v1/alerts")).path("alerts").path(0);
        var row = json(stage.http.get("/api/v1/alerts?view=row")).path("alerts").path(0);

        assertThat(full.path("latest").path("upload").path("repo").asText()).isEqualTo("mallory-1/net");
        assertThat(row.has("latest")).isFalse();
        assertThat(row.path("repo").asText()).isEqualTo("mallory-1/net");
        assertThat(row.path("protectedModel").path("name").asText()).isEqualTo("Model a");
        assertThat(row.path("state").asText()).isEqualTo("IN_REVIEW");
        assertThat(row.path("oddsOfChance").asText()).isEqualTo("less than 1 in 1e15");
        assertThat(row.path("matchedLayers").asInt()).isEqualTo(1);
        assertThat(row.path("marginBits").isNull()).isTrue();
    }

    @Test
    void shouldShowHeldCasesOnlyToThoseWhoAsk() {
        stage.picture.alerted(TestCases.of(1, "a"));
        stage.picture.alerted(
                TestCases.builder(2, "a").setHeld(HeldReason.SHADOW).build());

        assertThat(ids("/api/v1/alerts?view=row")).containsExactly("case-1");
        assertThat(ids("/api/v1/alerts?view=row&held=any")).containsExactly("case-2", "case-1");
        assertThat(ids("/api/v1/alerts?view=row&held=SHADOW")).containsExactly("case-2");
        assertThat(ids("/api/v1/alerts?view=row&held=none")).containsExactly("case-1");
    }

    @Test
    void shouldReadAllPagesInTheOrderOfSeverityWithTheTotalOnEach() {
        for (int n = 1; n <= 5; n++) {
            stage.picture.alerted(TestCases.of(n, "a", CaseState.NEW, Severity.values()[n % 3]));
        }

        var found = new ArrayList<String>();
        var page = json(stage.http.get("/api/v1/alerts?view=row&sort=severity&limit=2"));
        for (; ; ) {
            assertThat(page.path("total").asInt()).isEqualTo(5);
            page.path("alerts").forEach(row -> found.add(row.path("alertId").asText()));
            if (page.path("next").isNull()) {
                break;
            }
            page = json(stage.http.get("/api/v1/alerts?view=row&sort=severity&limit=2&cursor="
                    + page.path("next").asText()));
        }

        assertThat(found).containsExactly("case-2", "case-5", "case-1", "case-4", "case-3");
    }

    @Test
    void shouldFilterBySeveralParameters() {
        stage.picture.alerted(TestCases.of(1, "a", CaseState.NEW, Severity.HIGH));
        stage.picture.alerted(TestCases.of(2, "b", CaseState.IN_REVIEW, Severity.HIGH));
        stage.picture.alerted(TestCases.of(3, "b", CaseState.CLOSED, Severity.LOW));

        assertThat(ids("/api/v1/alerts?state=NEW,IN_REVIEW&protected=b")).containsExactly("case-2");
        assertThat(ids("/api/v1/alerts?severity=HIGH&text=Y-1/N")).containsExactly("case-1");
        assertThat(ids("/api/v1/alerts?owner=mallory-3&uploader=bot-1")).containsExactly("case-3");
        assertThat(ids("/api/v1/alerts?since=" + TestCases.openedAt(13))).containsExactly("case-3");
    }

    @Test
    void shouldRefuseWrongParametersWithWhatWasExpected() {
        for (String query : List.of(
                "state=OPEN",
                "severity=",
                "held=maybe",
                "sort=best",
                "view=all",
                "limit=501",
                "since=today",
                "cursor=abc",
                "unknown=1",
                "state=NEW&state=CLOSED")) {
            var response = stage.http.get("/api/v1/alerts?" + query);

            assertProblem(response, 400);
            assertThat(json(response).path("detail").asText()).as(query).contains("expected");
        }
        assertThat(stage.http.get("/api/v1/alerts?view=row&limit=1000").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldCountByKind() {
        stage.picture.alerted(TestCases.of(1, "a", CaseState.NEW, Severity.HIGH));
        stage.picture.alerted(TestCases.of(2, "b", CaseState.CLOSED, Severity.HIGH));
        stage.picture.alerted(
                TestCases.builder(3, "b").setHeld(HeldReason.QUARANTINE).build());

        var counts = json(stage.http.get("/api/v1/alerts/counts"));

        assertThat(counts.path("byState").path("NEW").asInt()).isEqualTo(1);
        assertThat(counts.path("bySeverity").path("HIGH").asInt()).isEqualTo(1);
        assertThat(counts.path("byHeld").path("QUARANTINE").asInt()).isEqualTo(1);
        assertThat(counts.path("open").asInt()).isEqualTo(1);
        assertThat(counts.path("total").asInt()).isEqualTo(3);
        assertThat(counts.path("leftOut").asInt()).isZero();
        assertThat(json(stage.http.get("/api/v1/alerts/counts?protected=a"))
                        .path("total")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldGroupInPages() {
        stage.picture.alerted(TestCases.of(1, "a"));
        stage.picture.alerted(TestCases.of(2, "b"));
        stage.picture.alerted(TestCases.of(3, "b"));

        var first = json(stage.http.get("/api/v1/alerts/groups?by=protected&limit=1"));
        var second = json(stage.http.get("/api/v1/alerts/groups?by=protected&limit=1&cursor="
                + first.path("next").asText()));

        assertThat(first.path("groups").path(0).path("key").asText()).isEqualTo("b");
        assertThat(first.path("groups").path(0).path("name").asText()).isEqualTo("Model b");
        assertThat(first.path("groups").path(0).path("open").asInt()).isEqualTo(2);
        assertThat(first.path("total").asInt()).isEqualTo(2);
        assertThat(second.path("groups").path(0).path("key").asText()).isEqualTo("a");
        assertThat(second.path("next").isNull()).isTrue();
        assertProblem(stage.http.get("/api/v1/alerts/groups?by=hub"), 400);
        assertProblem(stage.http.get("/api/v1/alerts/groups?cursor=abc"), 400);
    }

    @Test
    void shouldNotSendACaseAgainThatTheClientHas() {
        stage.picture.alerted(TestCases.of(1, "a"));
        var first = stage.http.get("/api/v1/alerts/case-1");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        var second = stage.http.get("/api/v1/alerts/case-1", "If-None-Match", tag);
        stage.picture.alerted(TestCases.builder(1, "a").setVersion(2).build());
        var third = stage.http.get("/api/v1/alerts/case-1", "If-None-Match", tag);

        assertThat(tag).isEqualTo("\"1\"");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(third.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTellWhatHappenedToACaseTheLastFirst() {
        stage.picture.alerted(TestCases.builder(1, "a")
                .setRevisions(List.of("r1", "r2"))
                .setRevisionTimes(List.of(TestCases.openedAt(1), TestCases.openedAt(90)))
                .setDecisions(List.of(TestRecords.caseDecision()))
                .setDecisionCount(1)
                .build());

        var events = json(stage.http.get("/api/v1/alerts/case-1/timeline")).path("events");

        assertThat(events).hasSize(3);
        assertThat(events.path(0).path("revision").asText()).isEqualTo("r2");
        assertThat(events.path(1).path("kind").asText()).isEqualTo("decision");
        assertThat(events.path(1).path("actor").asText()).isEqualTo("ann");
        assertThat(events.path(2).path("revision").asText()).isEqualTo("r1");
        assertProblem(stage.http.get("/api/v1/alerts/none/timeline"), 404);
    }

    private List<String> ids(String path) {
        var ids = new ArrayList<String>();
        for (JsonNode row : json(stage.http.get(path)).path("alerts")) {
            ids.add(row.path("alertId").asText());
        }
        return ids;
    }
}
