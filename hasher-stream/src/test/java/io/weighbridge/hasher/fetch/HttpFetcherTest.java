package io.weighbridge.hasher.fetch;

import static io.weighbridge.hasher.fetch.HttpStage.assertNotFetched;
import static io.weighbridge.hasher.fetch.HttpStage.body;
import static io.weighbridge.hasher.fetch.HttpStage.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpFetcherTest {

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
    void shouldSpoolABodyAndRemoveItOnceRead() throws Exception {
        byte[] bytes = {1, 2, 3, 0, -1};
        assertThat(stage.fetch(stage.on("/a", body(bytes)))).isInstanceOf(Fetched.class);

        assertThat(stage.received.get()).isEqualTo(bytes);
        assertThat(stage.requests).containsExactly("/a");
    }

    @Test
    void shouldTakeABodyOfUnstatedAndOfNoLength() throws Exception {
        String url = stage.on("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1000]);
        });
        assertThat(stage.fetch(url)).isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).hasSize(1000);
        assertThat(stage.fetch(stage.on("/empty", status(200)))).isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).isEmpty();
    }

    @Test
    void shouldSendNeitherCredentialsNorCookiesAndAskForThePlainBytes() throws Exception {
        var headers = new AtomicReference<Headers>();
        stage.fetch(stage.on("/a", exchange -> {
            headers.set(exchange.getRequestHeaders());
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            body(new byte[1]).to(exchange);
        }));

        assertThat(headers.get()).doesNotContainKeys("Authorization", "Cookie");
        assertThat(headers.get().getFirst("Accept-encoding")).isEqualTo("identity");
    }

    @Test
    void shouldNotTakeATruncatedBodyForAFile() throws Exception {
        String url = stage.on("/short", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        });
        var result = (NotFetched) stage.fetch(url);

        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.reason()).startsWith(url + ": ").contains("900").contains("10");
        assertThat(stage.requests).hasSize(3);
    }

    @Test
    void shouldNotTakeACompressedBodyForAFile() throws Exception {
        String url = stage.on("/gzip", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            body(new byte[10]).to(exchange);
        });

        assertNotFetched(
                stage.fetch(url),
                Outcome.UNREACHABLE,
                url + ": expected the bytes as they are, got Content-Encoding gzip");
    }

    @Test
    void shouldSayWhichHostIsUnknown() throws Exception {
        var gate = new HostGate(
                host -> {
                    throw new UnknownHostException(host);
                },
                any -> true);

        assertNotFetched(
                stage.fetchThrough(gate, "https://nobody.invalid/a", Map.of()),
                Outcome.UNREACHABLE,
                "unknown host nobody.invalid");
    }

    @Test
    void shouldSayThatAHostDoesNotListen() throws Exception {
        String url = stage.on("/a", body(new byte[1]));
        stage.stopServer();
        var result = (NotFetched) stage.fetch(url);

        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.reason()).startsWith(url + ": ");
    }

    @Test
    void shouldNotTakeBytesFromAHostThatBreaksTheEncryption() throws Exception {
        try (var plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            stage.threads.execute(() -> answerInPlainText(plain));
            String url = "https://127.0.0.1:" + plain.getLocalPort() + "/a";
            var result = (NotFetched) stage.fetch(url, Map.of("weighbridge.fetch.attempts", "1"));

            assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
            assertThat(result.reason()).startsWith(url + ": ");
        }
    }

    private static void answerInPlainText(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldJudgeAddressesBeforeAskingAnybody() throws Exception {
        assertNotFetched(
                stage.fetch("http://a b/"), Outcome.MALFORMED, "url: Illegal character in authority at character 7");
        assertNotFetched(
                stage.fetch("a.bin"),
                Outcome.MALFORMED,
                "url: expected file:, http:, https:, hf: or s3:, got no scheme");
        assertNotFetched(stage.fetch("http:///a"), Outcome.MALFORMED, "url: expected a host, got none that is valid");
        assertNotFetched(stage.fetch("http:a"), Outcome.MALFORMED, "url: expected a host, got none that is valid");
        assertNotFetched(
                stage.fetch("ftp://host/a"),
                Outcome.UNSUPPORTED,
                "url: expected file:, http:, https:, hf: or s3:, got ftp:");
        assertNotFetched(
                stage.fetch("http://user:password@host/a"),
                Outcome.FORBIDDEN,
                "url: user names and passwords in addresses are refused");
    }

    @Test
    void shouldStopWhenInterruptedAndLeaveNothingBehind() throws Exception {
        String url = stage.on("/hang", exchange -> stage.end.await());
        var failure = new AtomicReference<Exception>();
        try (var fetcher = Fetcher.open(stage.settings(Map.of()))) {
            var thread = new Thread(() -> {
                try {
                    fetcher.fetch(
                            ModelFile.newBuilder().setPath("a").setUrl(url).build());
                } catch (InterruptedException e) {
                    failure.set(e);
                }
            });
            thread.start();
            await().until(() -> !stage.requests.isEmpty());
            thread.interrupt();
            thread.join(10_000);
            assertThat(failure.get()).isInstanceOf(InterruptedException.class);
            assertThat(stage.spooled()).isEmpty();
        }
    }

    @Test
    void shouldBlameItsOwnDiskForWhatItCannotWrite() throws Exception {
        String url = stage.on("/a", body(new byte[1]));
        var settings = stage.settings(Map.of());
        try (var spool = Spool.open(folder);
                var exchange = new HttpExchange(settings)) {
            var fetcher = new HttpFetcher(
                    settings.maxBytes(),
                    spool,
                    new HttpDialogue(settings, HostGate.of(settings), exchange, new Closing()));
            var own = spool.newFile().getParent();
            for (var path : List.of(own.resolve("lock"), stage.spooled().get(0), own)) {
                Files.delete(path);
            }
            var result = (NotFetched)
                    fetcher.fetch(URI.create(url), Deadline.in(settings.http().deadline()), HttpStage.anyRoom());
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reason()).startsWith("spool: ");
        }
        assertThat(stage.requests).isEmpty();
    }
}
