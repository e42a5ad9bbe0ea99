package io.weighbridge.app.http;

import static io.weighbridge.app.feed.FeedRecords.alert;
import static io.weighbridge.app.feed.FeedRecords.caseOf;
import static io.weighbridge.app.feed.FeedRecords.model;
import static io.weighbridge.app.feed.FeedRecords.outcome;
import static io.weighbridge.app.feed.FeedRecords.protectedCode;
import static io.weighbridge.app.feed.FeedRecords.upload;
import static io.weighbridge.app.http.HttpProbe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

    private final TestHealth health = new TestHealth();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private LiveFeed feed;
    private LivePicture picture;
    private WebServer server;
    private HttpProbe http;

    @BeforeEach
    void start() {
        feed = LiveFeed.idle(TestTopics.mock());
        picture = feed.picture();
        server = WebServer.start(
                Listen.loopback(0),
                feed,
                new StackInfo("1.2.3", "127.0.0.1:9092", "http://user:secret@127.0.0.1:8081", Map.of("broker", 9092)),
                new ManagementRoutes(health, metrics, Map.of("hasher", () -> "Topologies:\n Sub-topology: 0")));
        http = new HttpProbe(server.port());
    }

    @AfterEach
    void stop() {
        server.close();
        feed.close();
    }

    @Test
    void shouldListUploadsNewestFirstInPages() {
        for (int n = 0; n < 5; n++) {
            picture.received(upload(n));
        }

        var ids = new ArrayList<String>();
        var page = json(http.get("/api/v1/uploads?limit=2"));
        for (; ; ) {
            page.path("uploads").forEach(row -> ids.add(row.path("id").asText()));
            if (page.path("next").isNull()) {
                break;
            }
            page = json(http.get(
                    "/api/v1/uploads?limit=2&cursor=" + page.path("next").asText()));
        }

        assertThat(ids).containsExactly("upload-4", "upload-3", "upload-2", "upload-1", "upload-0");
    }

    @Test
    void shouldTellTheMatchOfAnUploadWithItsEvidence() {
        picture.received(upload(1));
        picture.ended(outcome(1, Outcome.HASHED));
        picture.matched(alert(1, "resnet", 12, 1e-20));
        picture.alerted(caseOf(alert(1, "resnet", 12, 1e-20), 3));

        var row = json(http.get("/api/v1/uploads")).path("uploads").path(0);

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
        picture.ended(outcome(1, Outcome.HASHED));
        picture.matched(alert(1, "a", 12, 1e-20));
        picture.matched(alert(1, "b", 13, 1e-19));

        var row = json(http.get("/api/v1/uploads/upload-1"));

        assertThat(row.path("files").path(0).path("codes").path(0).path("hex").asText())
                .startsWith("0f0f");
        assertThat(row.path("alerts")).hasSize(2);
    }

    @Test
    void shouldListAndShowCases() {
        picture.alerted(caseOf(alert(1, "a", 12, 1e-20), 3));
        picture.alerted(caseOf(alert(2, "b", 12, 1e-20), 3));

        var list = json(http.get("/api/v1/alerts?limit=1"));
        var one = json(http.get("/api/v1/alerts/alert-of-a"));

        assertThat(list.path("alerts").path(0).path("alertId").asText()).isEqualTo("alert-of-b");
        assertThat(list.path("next").isTextual()).isTrue();
        assertThat(one.path("latest").path("upload").path("id").asText()).isEqualTo("upload-1");
    }

    @Test
    void shouldListProtectedModelsWithoutTheirAddresses() {
        picture.protectedModel(model("a", FeedRecords.PROTECTED_AT));
        picture.coded(protectedCode("a", FeedRecords.PROTECTED_AT));

        var response = http.get("/api/v1/protected");
        var row = json(response).path("protected").path(0);

        assertThat(row.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(row).isEqualTo(json(http.get("/api/v1/protected/a")));
        assertThat(response.body()).doesNotContain("file://");
    }

    @Test
    void shouldSummarise() {
        picture.ended(outcome(1, Outcome.HASHED));
        picture.ended(outcome(2, Outcome.UNSUPPORTED));

        var summary = json(http.get("/api/v1/summary"));

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
        var response = http.get("/api/v1/stack");
        var stack = json(response);

        assertThat(stack.path("product").asText()).isEqualTo("weighbridge");
        assertThat(stack.path("version").asText()).isEqualTo("1.2.3");
        assertThat(stack.path("bootstrapServers").asText()).isEqualTo("127.0.0.1:9092");
        assertThat(stack.path("schemaRegistryUrl").asText()).isEqualTo("http://127.0.0.1:8081");
        assertThat(stack.path("ports").path("http").asInt()).isEqualTo(server.port());
        assertThat(stack.path("ports").path("broker").asInt()).isEqualTo(9092);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app.css",
                "/app.js",
                "/icon.svg",
                "/api/v1/uploads",
                "/api/v1/none",
                "/livez",
                "/topology",
                "/api/v1/uploads?limit=0"
            })
    void shouldSendSecurityHeadersWithEveryAnswer(String path) {
        var headers = http.get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void shouldServeThePageWithNothingInline() {
        var page = http.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).contains("<title>").doesNotContain("<style").doesNotContain("style=");
        assertThat(page.body())
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("onclick");
        assertThat(http.get("/app.js").body()).doesNotContain("innerHTML").doesNotContain("insertAdjacentHTML");
    }

    @Test
    void shouldNotSendAnUnchangedFileAgain() {
        var first = http.get("/app.js");
        var again = http.get(
                "/app.js", "If-None-Match", first.headers().firstValue("ETag").orElseThrow());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api/v1",
                "/api/v1/uploads/none",
                "/api/v1/alerts/none",
                "/topology/none",
                "/api/v1/protected/none",
                "/web/index.html",
                "/..%2fapp.js"
            })
    void shouldAnswerWithAProblemWhereNothingIs(String path) {
        var response = http.get(path);

        assertProblem(response, response.statusCode());
        assertThat(response.statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=x",
                "limit=-1",
                "limit=",
                "limit=1&limit=2",
                "cursor=x",
                "cursor=",
                "limits=3",
                "limit=99999999999"
            })
    void shouldRefuseBadParameters(String query) {
        var response = http.get("/api/v1/uploads?" + query);

        assertProblem(response, 400);
        assertThat(json(response).path("detail").asText()).contains("expected");
    }

    @Test
    void shouldRefuseParametersWhereThereAreNone() {
        assertProblem(http.get("/api/v1/summary?verbose=1"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void shouldRefuseEveryMethodThatWrites(String method) {
        var response = http.send(method, "/api/v1/uploads");

        assertProblem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void shouldAnswerHeadWithoutABody() {
        var response = http.send("HEAD", "/api/v1/summary");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8470",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "[::2]:80",
                "10.0.0.1"
            })
    void shouldRefuseAnotherHostsNameOnLoopback(String host) {
        assertThat(http.raw("GET /api/v1/summary HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("application/problem+json")
                .doesNotContain("received");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8470", "127.0.0.1:1", "[::1]:8470", "[::1]"})
    void shouldAllowTheNamesOfThisMachine(String host) {
        assertThat(http.raw("GET /api/v1/summary HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header\r\n\r\n"
            })
    void shouldAnswerMalformedRequestsWithAProblem(String request) {
        assertThat(http.raw(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .contains("Content-Security-Policy")
                .doesNotContain("Jetty");
    }

    @Test
    void shouldKeepHostileTextAsText() {
        String hostile = "<script>alert(1)</script>\u2028\r\ndata: x";
        picture.received(UploadEvent.newBuilder(upload(1)).setRepo(hostile).build());

        var response = http.get("/api/v1/uploads");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(json(response).path("uploads").path(0).path("repo").asText()).isEqualTo(hostile);
    }

    @Test
    void shouldTellEventsAsTheyArrive() throws Exception {
        try (var events = new Events(http.open("/api/v1/events").body())) {
            assertThat(events.next().type()).isEqualTo("hello");

            picture.received(upload(1));
            assertThat(events.next("upload").data().path("match").path("state").asText())
                    .isEqualTo("PENDING");
            picture.ended(outcome(1, Outcome.MALFORMED));
            assertThat(events.next("outcome").data().path("outcome").asText()).isEqualTo("MALFORMED");
            picture.alerted(caseOf(alert(1, "a", 1, 1e-30), 2));
            assertThat(events.next("alert").data().path("alertId").asText()).isEqualTo("alert-of-a");
            picture.withdrawn("b");
            assertThat(events.next("protected").data().path("status").asText()).isEqualTo("WITHDRAWN");
            assertThat(events.next("summary").data().path("cases").asInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellAReturningReaderWhatItMissed() throws Exception {
        picture.received(upload(1));
        String seen;
        try (var events = new Events(http.open("/api/v1/events").body())) {
            seen = events.next("hello").id();
        }
        picture.received(upload(2));
        picture.received(upload(3));

        try (var events =
                new Events(http.open("/api/v1/events", "Last-Event-ID", seen).body())) {
            assertThat(events.next().data().path("id").asText()).isEqualTo("upload-2");
            assertThat(events.next().data().path("id").asText()).isEqualTo("upload-3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-another-run-3", "x", "99999999999999999999"})
    void shouldTellAReaderWithAnUnknownIdToStartOver(String id) throws Exception {
        try (var events =
                new Events(http.open("/api/v1/events", "Last-Event-ID", id).body())) {
            assertThat(events.next().type()).isEqualTo("reset");
        }
    }

    @Test
    void shouldEndEventStreamsWhenItCloses() throws Exception {
        try (var events = new Events(http.open("/api/v1/events").body())) {
            events.next("hello");
            long start = System.nanoTime();

            server.close();

            assertThat(events.next().type()).isEqualTo("end");
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        }
    }

    @Test
    void shouldBoundEventReaders() throws Exception {
        var readers = new ArrayList<Events>();
        for (int i = 0; i < EventStream.MAX_READERS; i++) {
            readers.add(new Events(http.open("/api/v1/events").body()));
            readers.get(i).next("hello");
        }

        var refused = http.get("/api/v1/events");

        assertProblem(refused, 503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(http.get("/api/v1/summary").statusCode()).isEqualTo(200);
        for (var reader : readers) {
            reader.close();
        }
    }

    @Test
    void shouldTellLiveAndReadyApart() {
        health.ready = false;

        assertThat(http.get("/livez").statusCode()).isEqualTo(200);
        var ready = http.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).path("states").path("hasher").asText()).isEqualTo("REBALANCING");

        health.ready = true;
        assertThat(http.get("/readyz").statusCode()).isEqualTo(200);
        health.live = false;
        assertThat(http.get("/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldServeMetricsAndTopologies() {
        metrics.counter("weighbridge.uploads.received").increment(3);

        assertThat(http.get("/metrics").body()).contains("weighbridge_uploads_received_total 3.0");
        assertThat(http.get("/metrics").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(http.get("/topology").body()).contains("# hasher\nTopologies:");
        assertThat(http.get("/topology/hasher").body()).startsWith("Topologies:");
    }

    @Test
    void shouldServeManagementOnAPortOfItsOwn() {
        try (var management =
                ManagementServer.start(Listen.loopback(0), new ManagementRoutes(health, metrics, Map.of()))) {
            var probe = new HttpProbe(management.port());

            assertThat(probe.get("/livez").statusCode()).isEqualTo(200);
            assertThat(probe.get("/metrics").statusCode()).isEqualTo(200);
            assertProblem(probe.get("/api/v1/summary"), 404);
            assertThat(probe.raw("GET /livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        assertThatThrownBy(() -> ManagementServer.start(
                        Listen.loopback(server.port()), new ManagementRoutes(health, metrics, Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("management at 127.0.0.1:" + server.port() + ": cannot listen");
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        JsonNode problem = json(response);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
    }

    private static final class TestHealth implements Health {

        private volatile boolean live = true;
        private volatile boolean ready = true;

        @Override
        public Map<String, String> states() {
            return new TreeMap<>(Map.of("hasher", ready ? "RUNNING" : "REBALANCING"));
        }

        @Override
        public boolean live() {
            return live;
        }

        @Override
        public boolean ready() {
            return ready;
        }
    }
}
