package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How hard hosts and the network are used by all threads together. */
class HttpTrafficTest {

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

    private static ModelFile file(String url) {
        return ModelFile.newBuilder().setPath("a").setUrl(url).build();
    }

    @Test
    void shouldLeaveAHostAloneThatIsExhaustedWhateverIsAskedOfIt() throws Exception {
        String last = stage.on("/last", exchange -> {
            exchange.getResponseHeaders().set("RateLimit", "\"api\";r=0;t=3600");
            HttpStage.body(new byte[1]).to(exchange);
        });
        String other = stage.on("/other", HttpStage.body(new byte[1]));
        try (var fetcher = Fetcher.open(stage.settings(Map.of()))) {
            assertThat(fetcher.fetch(file(last))).isInstanceOf(Fetched.class);

            var refused = (NotFetched) fetcher.fetch(file(other));
            assertThat(refused.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(refused.reason())
                    .matches("127\\.0\\.0\\.1 may not be asked for another 3(600|59\\d) s, which is past the deadline; "
                            + "see weighbridge\\.fetch\\.deadline");
            assertThat(fetcher.fetch(file(other.replace("127.0.0.1", "localhost"))))
                    .isInstanceOf(Fetched.class);
        }
        assertThat(stage.requests).containsExactly("/last", "/other");
    }

    @Test
    void shouldAskAHostForSoManyFilesAtATime() throws Exception {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        String url = stage.on("/a", exchange -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(50);
            running.decrementAndGet();
            HttpStage.body(new byte[1]).to(exchange);
        });
        try (var fetcher = Fetcher.open(stage.settings(Map.of("weighbridge.fetch.host.connections", "2")))) {
            var fetches = new ArrayList<Future<FetchResult>>();
            for (int i = 0; i < 8; i++) {
                fetches.add(stage.threads.submit(() -> fetcher.fetch(file(url))));
            }
            for (var fetch : fetches) {
                assertThat(fetch.get(20, TimeUnit.SECONDS)).isInstanceOf(Fetched.class);
            }
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void shouldTakeNoMoreBytesASecondThanItMay() throws Exception {
        String url = stage.on("/a", HttpStage.body(new byte[900]));
        long started = System.nanoTime();

        assertThat(stage.fetch(url, Map.of("weighbridge.fetch.bytes.per.second", "600")))
                .isInstanceOf(Fetched.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(480));
    }

    @Test
    void shouldUseAConnectionAgainOnceItsAnswerWasRead() throws Exception {
        var ports = new ArrayList<Integer>();
        String url = stage.on("/a", exchange -> {
            synchronized (ports) {
                ports.add(exchange.getRemoteAddress().getPort());
            }
            HttpStage.body(new byte[5]).to(exchange);
        });
        try (var fetcher = Fetcher.open(stage.settings(Map.of()))) {
            for (int i = 0; i < 3; i++) {
                assertThat(fetcher.fetch(file(url))).isInstanceOf(Fetched.class);
            }
        }
        assertThat(ports).hasSize(3).containsOnly(ports.get(0));
    }

    @Test
    void shouldNotReadHeadersWithoutEnd() throws Exception {
        String url = stage.on("/headers", exchange -> {
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseHeaders().set("X-" + i, "a");
            }
            HttpStage.body(new byte[1]).to(exchange);
        });
        var result = (NotFetched) stage.fetch(url);

        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.reason()).startsWith(url + ": ").contains("header count");
    }

    @Test
    void shouldAskForOddPathsOrSayThatItCannot() throws Exception {
        String url = stage.on("/", HttpStage.body(new byte[1]));

        assertThat(stage.fetch(url + "a%2Fb/%20c?d=%26&e")).isInstanceOf(Fetched.class);
        assertThat(URI.create(url + "/x").getRawPath()).isEqualTo("//x");
        assertThat(stage.fetch(url + "/x"))
                .satisfiesAnyOf(
                        result -> assertThat(result).isInstanceOf(Fetched.class),
                        result -> assertThat(((NotFetched) result).outcome()).isEqualTo(Outcome.UNREACHABLE));
    }
}
