package io.weighbridge.app.http;

import static io.weighbridge.app.feed.FeedRecords.alert;
import static io.weighbridge.app.feed.FeedRecords.caseOf;
import static io.weighbridge.app.feed.FeedRecords.outcome;
import static io.weighbridge.app.feed.FeedRecords.upload;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.feed.cases.TestCases;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.Severity;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStreamTest {

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
    void shouldTellOfCasesPoliciesAndSuppressions() throws Exception {
        try (var events = new Events(stage.http.open("/api/v1/events").body())) {
            events.next("hello");
            stage.picture.alerted(TestCases.of(1, "a", CaseState.IN_REVIEW, Severity.HIGH));
            stage.picture.policy(TestRecords.protectionPolicy());
            stage.picture.suppressed(TestRecords.suppression());

            assertThat(events.next("case").data().path("state").asText()).isEqualTo("IN_REVIEW");
            var policy = events.next("policy").data();
            assertThat(policy.path("id").asText())
                    .isEqualTo(TestRecords.protectionPolicy().getProtectedModelId());
            assertThat(policy.path("policy").path("mode").asText()).isEqualTo("SHADOW");
            assertThat(events.next("suppression").data().path("author").asText())
                    .isEqualTo("ann");

            stage.picture.policyRemoved(policy.path("id").asText());
            stage.picture.lifted(TestRecords.suppression().getId());

            assertThat(events.next("policy").data().path("policy").isNull()).isTrue();
            assertThat(events.next("suppression").data().path("status").asText())
                    .isEqualTo("LIFTED");
        }
    }

    @Test
    void shouldTellOfADecisionAsACaseAndNotAsAnAlert() throws Exception {
        stage.picture.alerted(TestCases.of(1, "a"));
        try (var events = new Events(stage.http.open("/api/v1/events").body())) {
            events.next("hello");
            stage.picture.alerted(TestCases.builder(1, "a")
                    .setVersion(2)
                    .setState(CaseState.CLOSED)
                    .build());
            stage.picture.received(upload(9));

            var types = new ArrayList<String>();
            do {
                types.add(events.next().type());
            } while (!types.contains("upload"));

            assertThat(types).contains("case").doesNotContain("alert");
        }
    }

    @Test
    void shouldTellEventsAsTheyArrive() throws Exception {
        try (var events = new Events(stage.http.open("/api/v1/events").body())) {
            assertThat(events.next().type()).isEqualTo("hello");

            stage.picture.received(upload(1));
            assertThat(events.next("upload").data().path("match").path("state").asText())
                    .isEqualTo("PENDING");
            stage.picture.ended(outcome(1, Outcome.MALFORMED));
            assertThat(events.next("outcome").data().path("outcome").asText()).isEqualTo("MALFORMED");
            stage.picture.alerted(caseOf(alert(1, "a", 1, 1e-30), 2));
            assertThat(events.next("alert").data().path("alertId").asText()).isEqualTo("alert-of-a");
            stage.picture.withdrawn("b");
            assertThat(events.next("protected").data().path("status").asText()).isEqualTo("WITHDRAWN");
            assertThat(events.next("summary").data().path("cases").asInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellAReturningReaderWhatItMissed() throws Exception {
        stage.picture.received(upload(1));
        String seen;
        try (var events = new Events(stage.http.open("/api/v1/events").body())) {
            seen = events.next("hello").id();
        }
        stage.picture.received(upload(2));
        stage.picture.received(upload(3));

        try (var events = new Events(
                stage.http.open("/api/v1/events", "Last-Event-ID", seen).body())) {
            assertThat(events.next().data().path("id").asText()).isEqualTo("upload-2");
            assertThat(events.next().data().path("id").asText()).isEqualTo("upload-3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-another-run-3", "x", "99999999999999999999"})
    void shouldTellAReaderWithAnUnknownIdToStartOver(String id) throws Exception {
        try (var events = new Events(
                stage.http.open("/api/v1/events", "Last-Event-ID", id).body())) {
            assertThat(events.next().type()).isEqualTo("reset");
        }
    }

    @Test
    void shouldEndEventStreamsWhenItCloses() throws Exception {
        try (var events = new Events(stage.http.open("/api/v1/events").body())) {
            events.next("hello");
            long start = System.nanoTime();

            stage.server.close();

            assertThat(events.next().type()).isEqualTo("end");
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void shouldBoundEventReaders() throws Exception {
        var readers = new ArrayList<Events>();
        for (int i = 0; i < EventStream.MAX_READERS; i++) {
            readers.add(new Events(stage.http.open("/api/v1/events").body()));
            readers.get(i).next("hello");
        }

        var refused = stage.http.get("/api/v1/events");

        assertProblem(refused, 503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(stage.http.get("/api/v1/summary").statusCode()).isEqualTo(200);
        for (var reader : readers) {
            reader.close();
        }
    }
}
