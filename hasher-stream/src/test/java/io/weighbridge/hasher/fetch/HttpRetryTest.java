package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.assertNotFetched;
import static io.weighbridge.hasher.fetch.HttpStage.body;
import static io.weighbridge.hasher.fetch.HttpStage.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When an answer is asked for again, how often and how soon. */
class HttpRetryTest {

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
    void shouldGiveUpAtOnceOnAnAnswerThatWillNotChange() throws Exception {
        String url = stage.on("/gone", status(404));

        assertNotFetched(stage.fetch(url + "?token=secret"), Outcome.UNREACHABLE, "HTTP 404 from " + url);
        assertThat(stage.requests).hasSize(1);
    }

    @Test
    void shouldTryAgainAfterAnErrorOfTheServer() throws Exception {
        var count = new AtomicInteger();
        String url = stage.on("/a", exchange -> {
            if (count.incrementAndGet() == 1) {
                status(500).to(exchange);
            } else {
                body(new byte[] {7}).to(exchange);
            }
        });

        assertThat(stage.fetch(url)).isInstanceOf(Fetched.class);
        assertThat(stage.requests).hasSize(2);
    }

    @Test
    void shouldGiveUpAfterTheLastAttempt() throws Exception {
        String url = stage.on("/a", status(503));

        assertNotFetched(stage.fetch(url), Outcome.UNREACHABLE, "HTTP 503 from " + url);
        assertThat(stage.requests).hasSize(3);
    }

    @Test
    void shouldWaitAsLongAsTheHostAsks() throws Exception {
        var times = new CopyOnWriteArrayList<Instant>();
        String url = stage.on("/a", exchange -> {
            times.add(Instant.now());
            exchange.getResponseHeaders().set("Retry-After", "1");
            status(times.size() == 1 ? 429 : 404).to(exchange);
        });
        stage.fetch(url);

        assertThat(times).hasSize(2);
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    @Test
    void shouldNotWaitForAnAttemptThatWouldComeTooLate() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC));
        String url = stage.on("/a", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", date);
            status(503).to(exchange);
        });

        assertNotFetched(stage.fetch(url), Outcome.UNREACHABLE, "HTTP 503 from " + url);
        assertThat(stage.requests).hasSize(1);
    }
}
