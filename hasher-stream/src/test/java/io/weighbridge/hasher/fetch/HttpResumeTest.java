package io.weighbridge.hasher.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an attempt asks for after one that was broken off, and what it believes. */
class HttpResumeTest {

    private static final byte[] WHOLE = bytes(900, 0);
    private static final int FIRST = 300;

    @TempDir
    private Path folder;

    private HttpStage stage;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    @BeforeEach
    void open() throws IOException {
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static byte[] bytes(int count, int first) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i * 31);
        }
        return bytes;
    }

    /** Breaks off after the first bytes, then answers as the test says. */
    private String brokenThen(String validator, String value, HttpStage.Answer then) {
        return stage.on("/a", exchange -> {
            asked.add(header(exchange, "Range") + " if " + header(exchange, "If-Range"));
            exchange.getResponseHeaders().set(validator, value);
            if (count.incrementAndGet() > 1) {
                then.to(exchange);
                return;
            }
            exchange.sendResponseHeaders(200, WHOLE.length);
            exchange.getResponseBody().write(WHOLE, 0, FIRST);
            exchange.getResponseBody().flush();
        });
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private static HttpStage.Answer rest(String contentRange, byte[] whole) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Range", contentRange);
            exchange.sendResponseHeaders(206, whole.length - FIRST);
            exchange.getResponseBody().write(whole, FIRST, whole.length - FIRST);
        };
    }

    @Test
    void shouldSayHowMuchCameOfADownloadThatIsCut() throws Exception {
        String url = brokenThen("ETag", "\"v1\"", HttpStage.status(404));

        HttpStage.assertNotFetched(
                stage.fetch(url, Map.of("weighbridge.fetch.attempts", "1")),
                Outcome.UNREACHABLE,
                url + ": the host ended the connection after 300 of 900 bytes");
    }

    @Test
    void shouldSayHowMuchCameInAllOfADownloadThatIsCutAgain() throws Exception {
        String url = brokenThen("ETag", "\"v1\"", exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 300-899/900");
            exchange.sendResponseHeaders(206, 600);
            exchange.getResponseBody().write(WHOLE, FIRST, 250);
            exchange.getResponseBody().flush();
        });

        HttpStage.assertNotFetched(
                stage.fetch(url, Map.of("weighbridge.fetch.attempts", "2")),
                Outcome.UNREACHABLE,
                url + ": the host ended the connection after 550 of 900 bytes");
    }

    @Test
    void shouldNotNameASizeThatTheHostNeverSaid() throws Exception {
        try (var host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            stage.threads.submit(() -> answerWithHalfAChunk(host));
            String url = "http://127.0.0.1:" + host.getLocalPort() + "/cut";

            HttpStage.assertNotFetched(
                    stage.fetch(url, Map.of("weighbridge.fetch.attempts", "1")),
                    Outcome.UNREACHABLE,
                    url + ": the host ended the connection after 300 bytes");
        }
    }

    private static Void answerWithHalfAChunk(ServerSocket host) throws IOException {
        try (var connection = host.accept()) {
            var request = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            while (!request.readLine().isEmpty()) {
                continue;
            }
            var answer = connection.getOutputStream();
            answer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n258\r\n".getBytes(US_ASCII));
            answer.write(WHOLE, 0, FIRST);
        }
        return null;
    }

    @Test
    void shouldAskForTheRestOfAFileThatIsStillTheSame() throws Exception {
        assertThat(stage.fetch(brokenThen("ETag", "\"v1\"", rest("bytes 300-899/900", WHOLE))))
                .isInstanceOf(Fetched.class);

        assertThat(stage.received.get()).isEqualTo(WHOLE);
        assertThat(asked).containsExactly("null if null", "bytes=300- if \"v1\"");
    }

    @Test
    void shouldTakeADateOfChangeForWantOfATag() throws Exception {
        String changed = "Wed, 01 Jan 2020 00:00:00 GMT";

        assertThat(stage.fetch(brokenThen("Last-Modified", changed, rest("bytes 300-899/900", WHOLE))))
                .isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).isEqualTo(WHOLE);
        assertThat(asked).containsExactly("null if null", "bytes=300- if " + changed);
    }

    @ParameterizedTest
    @CsvSource({"ETag, W/\"v1\"", "ETag, v1", "Last-Modified, 'Fri, 01 Jan 2100 00:00:00 GMT'", "X-None, 1"})
    void shouldStartOverWhereTheHostCannotTellVersionsApart(String validator, String value) throws Exception {
        assertThat(stage.fetch(brokenThen(validator, value, HttpStage.body(WHOLE))))
                .isInstanceOf(Fetched.class);

        assertThat(stage.received.get()).isEqualTo(WHOLE);
        assertThat(asked).containsExactly("null if null", "null if null");
    }

    @Test
    void shouldStartOverWhenTheFileHasChanged() throws Exception {
        byte[] other = bytes(200, 7);

        assertThat(stage.fetch(brokenThen("ETag", "\"v1\"", HttpStage.body(other))))
                .isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes 301-899/900, bytes 301-899/900",
        "bytes 300-899/901, bytes 300-899/901",
        "bytes 300-898/899, bytes 300-898/899",
        "bytes 0-899/900, bytes 0-899/900",
        "items 300-899/900, none that is valid",
        "bytes 300-899999999999999999999/*, none that is valid"
    })
    void shouldNotBelieveARestThatDoesNotFit(String contentRange, String shown) throws Exception {
        String url = brokenThen("ETag", "\"v1\"", exchange -> {
            if (count.get() == 2) {
                rest(contentRange, WHOLE).to(exchange);
            } else {
                HttpStage.status(404).to(exchange);
            }
        });
        stage.fetch(url);
        assertThat(asked).containsExactly("null if null", "bytes=300- if \"v1\"", "null if null");

        count.set(0);
        var result = (NotFetched) stage.fetch(url, Map.of("weighbridge.fetch.attempts", "2"));
        assertThat(result)
                .isEqualTo(new NotFetched(
                        Outcome.UNREACHABLE, url + ": Content-Range: expected bytes 300-899/900, got " + shown));
    }

    @Test
    void shouldNotJoinARestOfAnotherVersion() throws Exception {
        String url = brokenThen("ETag", "\"v1\"", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v2\"");
            rest("bytes 300-899/900", WHOLE).to(exchange);
        });
        var result = (NotFetched) stage.fetch(url, Map.of("weighbridge.fetch.attempts", "2"));

        assertThat(result.reason()).isEqualTo(url + ": ETag: expected that of the first bytes, got another");
    }

    @Test
    void shouldStartOverWhenTheHostHasNoSuchRange() throws Exception {
        String url = brokenThen("ETag", "\"v1\"", exchange -> {
            if (count.get() == 2) {
                HttpStage.status(416).to(exchange);
            } else {
                HttpStage.body(WHOLE).to(exchange);
            }
        });

        assertThat(stage.fetch(url)).isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).isEqualTo(WHOLE);
        assertThat(asked).containsExactly("null if null", "bytes=300- if \"v1\"", "null if null");
    }

    @Test
    void shouldGoOnFromWhereASecondBreakLeftIt() throws Exception {
        String url = brokenThen("ETag", "\"v1\"", exchange -> {
            int from = count.get() == 2 ? 300 : 500;
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-899/900");
            exchange.sendResponseHeaders(206, 900 - from);
            exchange.getResponseBody().write(WHOLE, from, count.get() == 2 ? 200 : 400);
            exchange.getResponseBody().flush();
        });

        assertThat(stage.fetch(url)).isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).isEqualTo(WHOLE);
        assertThat(asked).containsExactly("null if null", "bytes=300- if \"v1\"", "bytes=500- if \"v1\"");
    }

    @Test
    void shouldNotTakeARestThatIsLargerThanTheLimit() throws Exception {
        String url = stage.on("/long", exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            if (count.incrementAndGet() == 1) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(WHOLE, 0, FIRST);
                exchange.getResponseBody().flush();
                stage.end.await();
            }
            exchange.getResponseHeaders().set("Content-Range", "bytes 300-1000/1001");
            exchange.sendResponseHeaders(206, 701);
            exchange.getResponseBody().write(new byte[701]);
        });

        assertThat(((NotFetched) stage.fetch(url, Map.of("weighbridge.fetch.read.timeout", "PT0.3S"))).reason())
                .isEqualTo("weighbridge.fetch.max.bytes: expected at most 1000 bytes, got at least 1001");
    }

    @Test
    void shouldTakeAPartThatNobodyAskedForAsNoAnswer() throws Exception {
        String url = stage.on("/part", exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-1/2");
            exchange.sendResponseHeaders(206, 2);
            exchange.getResponseBody().write(Arrays.copyOf(WHOLE, 2));
        });

        assertThat(stage.fetch(url)).isEqualTo(new NotFetched(Outcome.UNREACHABLE, "HTTP 206 from " + url));
    }
}
