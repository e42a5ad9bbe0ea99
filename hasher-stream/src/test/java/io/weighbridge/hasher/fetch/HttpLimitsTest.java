package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.assertNotFetched;
import static io.weighbridge.hasher.fetch.HttpStage.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of a transfer: its time, its silence and its bytes. */
class HttpLimitsTest {

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

    @Test
    void shouldStopABodyThatOutlastsTheDeadline() throws Exception {
        String url = stage.on("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            for (int i = 0; i < 900 && !stage.end.await(20, TimeUnit.MILLISECONDS); i++) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
            }
        });
        var started = Instant.now();
        var result = (NotFetched) stage.fetch(url, Map.of("weighbridge.fetch.deadline", "PT0.5S"));

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.reason())
                .matches("not done by the deadline, \\d+ bytes received; see weighbridge.fetch.deadline");
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldGiveUpOnAHostThatFallsSilent() throws Exception {
        String url = stage.on("/silent", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            exchange.getResponseBody().write(new byte[3]);
            exchange.getResponseBody().flush();
            stage.end.await();
        });
        var result = (NotFetched)
                stage.fetch(url, Map.of("weighbridge.fetch.read.timeout", "PT0.2S", "weighbridge.fetch.attempts", "2"));

        assertNotFetched(result, Outcome.TIMED_OUT, "no byte for PT0.2S after 3; see weighbridge.fetch.read.timeout");
        assertThat(stage.requests).hasSize(2);
    }

    @Test
    void shouldStopAtTheLimitWhetherTheSizeIsStatedOrNot() throws Exception {
        assertNotFetched(
                stage.fetch(stage.on("/stated", body(new byte[1001]))),
                Outcome.TOO_LARGE,
                "weighbridge.fetch.max.bytes: expected at most 1000 bytes, got at least 1001");
        var endless = (NotFetched) stage.fetch(stage.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (stage.end.getCount() > 0) {
                exchange.getResponseBody().write(new byte[4096]);
            }
        }));
        assertThat(endless.outcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(endless.reason())
                .startsWith("weighbridge.fetch.max.bytes: expected at most 1000 bytes, got at least ");
        assertThat(stage.requests).containsExactly("/stated", "/endless");
    }

    @Test
    void shouldNotAskForAFileThatIsTooLargeBeforehand() throws Exception {
        try (var fetcher = Fetcher.open(stage.settings(Map.of()))) {
            var file = ModelFile.newBuilder()
                    .setPath("a.bin")
                    .setUrl(stage.on("/a", body(new byte[1])))
                    .setSizeBytes(1001L)
                    .build();
            assertNotFetched(
                    fetcher.fetch(file),
                    Outcome.TOO_LARGE,
                    "weighbridge.fetch.max.bytes: expected at most 1000 bytes, got a stated size of 1001 bytes");
        }
        assertThat(stage.requests).isEmpty();
    }
}
