package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing a fetcher, whatever its threads are at. */
class HttpClosingTest {

    @TempDir
    private Path folder;

    private HttpStage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    /** Whether a thread waits, called by a method of this name. */
    private static boolean isAnyThreadIn(String method) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame ->
                        method.equals(frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName()));
    }

    /** Closes while a fetch waits in that method, and looks that it is forgotten within moments, with all it wrote. */
    private void closeDuring(String where, String url, Map<String, String> others) throws Exception {
        var settings = new HashMap<>(Map.of("weighbridge.fetch.read.timeout", "PT25S"));
        settings.putAll(others);
        var fetcher = Fetcher.open(stage.settings(settings));
        var file = ModelFile.newBuilder().setPath("a").setUrl(url).build();
        var fetch = stage.threads.submit(() -> fetcher.fetch(file));
        await().until(() -> !stage.requests.isEmpty() && isAnyThreadIn(where));
        assertThat(fetch).isNotDone();
        assertThat(stage.spooled()).hasSize(1);
        fetcher.close();

        assertThatThrownBy(() -> fetch.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the fetcher was closed");
        assertThat(stage.spooled()).isEmpty();
        assertThat(folder).isEmptyDirectory();
        assertThat(stage.requests).hasSize(1);
    }

    @Test
    void shouldAbortADownload() throws Exception {
        closeDuring(
                "HttpExchange.await",
                stage.on("/stall", exchange -> {
                    exchange.sendResponseHeaders(200, 900);
                    exchange.getResponseBody().write(new byte[10]);
                    exchange.getResponseBody().flush();
                    stage.end.await();
                }),
                Map.of());
    }

    @Test
    void shouldAbortARequestThatNobodyAnswers() throws Exception {
        closeDuring("HttpExchange.await", stage.on("/hang", exchange -> stage.end.await()), Map.of());
    }

    @Test
    void shouldNotWaitForTheNextAttempt() throws Exception {
        closeDuring(
                "Closing.pause",
                stage.on("/later", exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "20");
                    HttpStage.status(503).to(exchange);
                }),
                Map.of());
    }

    @Test
    void shouldNotWaitForBandwidth() throws Exception {
        closeDuring(
                "BandwidthCap.take",
                stage.on("/slow", HttpStage.body(new byte[900])),
                Map.of("weighbridge.fetch.bytes.per.second", "40"));
    }

    @Test
    void shouldFetchNothingAfterwards() throws Exception {
        String url = stage.on("/a", HttpStage.body(new byte[1]));
        var fetcher = Fetcher.open(stage.settings(Map.of()));
        fetcher.close();

        assertThatThrownBy(() -> fetcher.fetch(
                        ModelFile.newBuilder().setPath("a").setUrl(url).build()))
                .isInstanceOf(InterruptedException.class);
        assertThat(stage.requests).isEmpty();
    }

    @Test
    void shouldHoldAllFilesOfAnUploadToOneDeadline() throws Exception {
        String url = stage.on("/hang", exchange -> stage.end.await());
        try (var fetcher = Fetcher.open(stage.settings(Map.of()))) {
            var file = ModelFile.newBuilder().setPath("a").setUrl(url).build();
            var shared = fetcher.claim(Deadline.in(Duration.ofMillis(300)), 0);
            long started = System.nanoTime();

            for (int i = 0; i < 3; i++) {
                HttpStage.assertNotFetched(
                        fetcher.fetch(file, shared),
                        Outcome.TIMED_OUT,
                        i == 0
                                ? "not done by the deadline, 0 bytes received; see weighbridge.fetch.deadline"
                                : "not begun by the deadline; see weighbridge.fetch.deadline");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
        }
    }
}
