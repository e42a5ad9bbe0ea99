package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that have to share a spool of 1000 bytes. */
class SpoolTotalTest {

    @TempDir
    private Path folder;

    private HttpStage stage;
    private Fetcher fetcher;

    @BeforeEach
    void open() throws Exception {
        stage = new HttpStage(folder);
        open(Map.of());
    }

    @AfterEach
    void close() {
        fetcher.close();
        stage.close();
    }

    private void open(Map<String, String> others) throws Exception {
        var values = new HashMap<>(Map.of("weighbridge.fetch.spool.total.bytes", "1000"));
        values.putAll(others);
        fetcher = Fetcher.open(stage.settings(values));
    }

    private static HttpStage.Answer unsized(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static ModelFile file(String url) {
        return ModelFile.newBuilder().setPath("a").setUrl(url).build();
    }

    private Fetched fetch(String url) throws Exception {
        return (Fetched) fetcher.fetch(file(url));
    }

    private Future<FetchResult> waiting(String url) {
        var fetch = stage.threads.submit(() -> fetcher.fetch(file(url)));
        await().until(() -> fetcher.waitingForSpool() == 1);
        return fetch;
    }

    @Test
    void shouldFetchAFileAgainOnceThereIsRoomForIt() throws Exception {
        String url = stage.on("/a", HttpStage.body(new byte[600]));
        var first = fetch(url);
        var second = waiting(url);

        assertThat(stage.spooled()).as("nothing of a file that waits").hasSize(1);
        assertThat(fetcher.spooledBytes()).isEqualTo(600);
        first.close();
        try (var fetched = (Fetched) second.get(10, TimeUnit.SECONDS)) {
            assertThat(fetched.sizeBytes()).isEqualTo(600);
            assertThat(stage.requests).hasSize(3);
        }
        assertThat(fetcher.spooledBytes()).isZero();
    }

    @Test
    void shouldTakeNoMoreRoomThanAFileOfUnknownSizeTurnsOutToNeed() throws Exception {
        var unsized = fetch(stage.on("/unsized", unsized(new byte[10])));

        assertThat(fetcher.spooledBytes()).isEqualTo(10);
        assertThat(waiting(stage.on("/a", HttpStage.body(new byte[991])))).isNotDone();
        unsized.close();
    }

    @Test
    void shouldCutAFileOfUnknownSizeThatOutgrowsTheSpool() throws Exception {
        var upload = fetcher.claim(Deadline.in(Duration.ofMinutes(1)), 0);
        try (var kept = (Fetched) fetcher.fetch(file(stage.on("/kept", HttpStage.body(new byte[600]))), upload)) {
            HttpStage.assertNotFetched(
                    fetcher.fetch(file(stage.on("/unsized", unsized(new byte[401]))), upload),
                    Outcome.TOO_LARGE,
                    "weighbridge.fetch.spool.total.bytes: expected at most 400 bytes beside the files that it is read"
                            + " with, got at least 401");
            assertThat(fetcher.spooledBytes()).isEqualTo(kept.sizeBytes());
            assertThat(stage.spooled()).hasSize(1);
        }
    }

    @Test
    void shouldGiveBackTheRoomOfADownloadThatFails() throws Exception {
        fetcher.fetch(file(stage.on("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        })));

        assertThat(fetcher.spooledBytes()).isZero();
    }

    @Test
    void shouldNotWaitBeyondTheDeadlineOfTheUpload() throws Exception {
        String url = stage.on("/a", HttpStage.body(new byte[600]));
        try (var first = fetch(url)) {
            var late = fetcher.claim(Deadline.in(Duration.ofSeconds(1)), 0);
            HttpStage.assertNotFetched(
                    fetcher.fetch(file(url), late),
                    Outcome.TIMED_OUT,
                    "no room in the spool by the deadline; see weighbridge.fetch.spool.total.bytes");
            assertThat(first.sizeBytes()).isEqualTo(fetcher.spooledBytes());
        }
    }

    @Test
    void shouldNotCountTheWaitAgainstTheDeadlineOfTheDownload() throws Exception {
        fetcher.close();
        open(Map.of("weighbridge.fetch.deadline", "PT1S"));
        String url = stage.on("/a", HttpStage.body(new byte[600]));
        var first = fetch(url);
        var upload = fetcher.claim(Deadline.in(Duration.ofMinutes(1)), 0);
        var second = stage.threads.submit(() -> fetcher.fetch(file(url), upload));
        var ofDownload = Deadline.in(Duration.ofSeconds(1));
        await().until(ofDownload::hasPassed);
        first.close();

        assertThat(second.get(10, TimeUnit.SECONDS)).isInstanceOf(Fetched.class);
    }

    @Test
    void shouldForgetADownloadThatWaitsWhenItIsClosed() throws Exception {
        String url = stage.on("/a", HttpStage.body(new byte[600]));
        fetch(url);
        var second = waiting(url);
        fetcher.close();

        assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InterruptedException.class);
        assertThat(folder).isEmptyDirectory();
        open(Map.of());
    }
}
