package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpFetcherTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** What a path of the server answers. */
    private interface Answer {
        void to(HttpExchange exchange) throws Exception;
    }

    private String on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.add(path);
            try (exchange) {
                answer.to(exchange);
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    private static Answer body(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static Answer redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    private FetchSettings settings(Map<String, String> others) {
        var values = new HashMap<>(Map.of(
                "weighbridge.fetch.allow.private.addresses", "true",
                "weighbridge.fetch.spool.dir", folder.toString(),
                "weighbridge.fetch.max.bytes", "1000",
                "weighbridge.fetch.attempts", "3",
                "weighbridge.fetch.backoff", "10",
                "weighbridge.fetch.deadline", "PT30S"));
        values.putAll(others);
        return FetchSettings.from(new Settings(values));
    }

    private FetchResult fetch(String url) throws Exception {
        return fetch(url, Map.of());
    }

    /** Fetches, and looks that nothing stays in the spool that was not fetched. */
    private FetchResult fetch(String url, Map<String, String> others) throws Exception {
        try (var fetcher = Fetcher.open(settings(others))) {
            var result = fetcher.fetch(
                    ModelFile.newBuilder().setPath("a.bin").setUrl(url).build());
            assertThat(spooled()).hasSize(result instanceof Fetched ? 1 : 0);
            if (result instanceof Fetched fetched) {
                assertThat(fetched.sizeBytes()).isEqualTo(Files.size(fetched.path()));
                received.set(Files.readAllBytes(fetched.path()));
                fetched.close();
                assertThat(spooled()).isEmpty();
            }
            return result;
        }
    }

    private final AtomicReference<byte[]> received = new AtomicReference<>();

    private List<Path> spooled() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".part")).toList();
        }
    }

    private void assertNotFetched(FetchResult result, Outcome outcome, String reason) {
        assertThat(result).isEqualTo(new NotFetched(outcome, reason));
    }

    @Test
    void shouldSpoolABodyAndRemoveItOnceRead() throws Exception {
        byte[] bytes = {1, 2, 3, 0, -1};
        assertThat(fetch(on("/a", body(bytes)))).isInstanceOf(Fetched.class);

        assertThat(received.get()).isEqualTo(bytes);
        assertThat(requests).containsExactly("/a");
    }

    @Test
    void shouldTakeABodyOfUnstatedAndOfNoLength() throws Exception {
        String url = on("/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1000]);
        });
        assertThat(fetch(url)).isInstanceOf(Fetched.class);
        assertThat(received.get()).hasSize(1000);
        assertThat(fetch(on("/empty", status(200)))).isInstanceOf(Fetched.class);
        assertThat(received.get()).isEmpty();
    }

    @Test
    void shouldSendNeitherCredentialsNorCookiesAndAskForThePlainBytes() throws Exception {
        var headers = new AtomicReference<Headers>();
        fetch(on("/a", exchange -> {
            headers.set(exchange.getRequestHeaders());
            exchange.getResponseHeaders().set("Set-Cookie", "a=b");
            body(new byte[1]).to(exchange);
        }));

        assertThat(headers.get()).doesNotContainKeys("Authorization", "Cookie");
        assertThat(headers.get().getFirst("Accept-encoding")).isEqualTo("identity");
    }

    @Test
    void shouldGiveUpAtOnceOnAnAnswerThatWillNotChange() throws Exception {
        String url = on("/gone", status(404));

        assertNotFetched(fetch(url + "?token=secret"), Outcome.UNREACHABLE, "HTTP 404 from " + url);
        assertThat(requests).hasSize(1);
    }

    @Test
    void shouldTryAgainAfterAnErrorOfTheServer() throws Exception {
        var count = new AtomicInteger();
        String url = on("/a", exchange -> {
            if (count.incrementAndGet() == 1) {
                status(500).to(exchange);
            } else {
                body(new byte[] {7}).to(exchange);
            }
        });

        assertThat(fetch(url)).isInstanceOf(Fetched.class);
        assertThat(requests).hasSize(2);
    }

    @Test
    void shouldGiveUpAfterTheLastAttempt() throws Exception {
        String url = on("/a", status(503));

        assertNotFetched(fetch(url), Outcome.UNREACHABLE, "HTTP 503 from " + url);
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldWaitAsLongAsTheHostAsks() throws Exception {
        var times = new CopyOnWriteArrayList<Instant>();
        String url = on("/a", exchange -> {
            times.add(Instant.now());
            exchange.getResponseHeaders().set("Retry-After", "1");
            status(times.size() == 1 ? 429 : 404).to(exchange);
        });
        fetch(url);

        assertThat(times).hasSize(2);
        assertThat(Duration.between(times.get(0), times.get(1))).isGreaterThanOrEqualTo(Duration.ofMillis(950));
    }

    @Test
    void shouldNotWaitForAnAttemptThatWouldComeTooLate() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(3600).atOffset(ZoneOffset.UTC));
        String url = on("/a", exchange -> {
            exchange.getResponseHeaders().set("Retry-After", date);
            status(503).to(exchange);
        });

        assertNotFetched(fetch(url), Outcome.UNREACHABLE, "HTTP 503 from " + url);
        assertThat(requests).hasSize(1);
    }

    @Test
    void shouldFollowRedirects() throws Exception {
        on("/there", body(new byte[] {9}));
        String url = on("/here", redirect("/there"));

        assertThat(fetch(url)).isInstanceOf(Fetched.class);
        assertThat(requests).containsExactly("/here", "/there");
    }

    @Test
    void shouldNotFollowRedirectsForEver() throws Exception {
        String url = on("/loop", redirect("/loop"));

        assertNotFetched(
                fetch(url, Map.of("weighbridge.fetch.redirects", "2")),
                Outcome.UNREACHABLE,
                "more than 2 redirects from " + url);
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldRefuseRedirectsThatLeadNowhereOnTheWeb() throws Exception {
        String toFile = on("/file", redirect("file:///etc/passwd"));
        assertNotFetched(
                fetch(toFile),
                Outcome.UNREACHABLE,
                "HTTP 302 from " + toFile + ": expected the http: or https: address to go to, got file:///etc/passwd");
        String toNothing = on("/nothing", status(301));
        assertNotFetched(
                fetch(toNothing),
                Outcome.UNREACHABLE,
                "HTTP 301 from " + toNothing + ": expected the http: or https: address to go to, got ");
        String toUser = on("/user", redirect("http://user:password@127.0.0.1/"));
        assertNotFetched(fetch(toUser), Outcome.FORBIDDEN, "url: user names and passwords in addresses are refused");
    }

    @Test
    void shouldRefuseAPrivateAddressByDefault() throws Exception {
        String url = on("/a", body(new byte[1]));

        for (String host : List.of("127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:127.0.0.1]")) {
            var result = (NotFetched)
                    fetch(url.replace("127.0.0.1", host), Map.of("weighbridge.fetch.allow.private.addresses", "false"));
            assertThat(result.outcome()).isEqualTo(Outcome.FORBIDDEN);
            assertThat(result.reason())
                    .endsWith(" has an address that is not public; "
                            + "weighbridge.fetch.allow.private.addresses=true would allow it");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldRefuseARedirectToAPrivateAddress() throws Exception {
        String hidden = on("/hidden", body(new byte[1])).replace("127.0.0.1", "127.0.0.2");
        var open = InetAddress.getByName("127.0.0.1");

        var result = fetchThrough(
                new HostGate(InetAddress::getAllByName, open::equals, true), on("/open", redirect(hidden)), Map.of());

        assertThat(((NotFetched) result).outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(((NotFetched) result).reason()).startsWith("127.0.0.2 has an address that is not public");
        assertThat(requests).containsExactly("/open");
    }

    @Test
    void shouldRefuseAHostThatHasBothPublicAndPrivateAddresses() throws Exception {
        var open = InetAddress.getByName("127.0.0.1");
        var result = fetchThrough(
                new HostGate(host -> new InetAddress[] {open, InetAddress.getByName("127.0.0.2")}, open::equals, true),
                on("/a", body(new byte[1])),
                Map.of());

        assertThat(((NotFetched) result).outcome()).isEqualTo(Outcome.FORBIDDEN);
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldConnectToTheAddressThatWasCheckedAndNameTheHostThere() throws Exception {
        var host = new AtomicReference<String>();
        String url = on("/a", exchange -> {
                    host.set(exchange.getRequestHeaders().getFirst("Host"));
                    body(new byte[] {5}).to(exchange);
                })
                .replace("127.0.0.1", "no-name-server-knows.invalid");
        var gate = new HostGate(name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")}, any -> true, true);

        assertThat(HostGate.maySetHostHeader()).isTrue();
        assertThat(fetchThrough(gate, url, Map.of())).isInstanceOf(Fetched.class);
        assertThat(host.get()).isEqualTo(URI.create(url).getAuthority());
    }

    @Test
    void shouldConnectByNameWhereAddressesCannotBePinned() throws UnknownHostException {
        var address = InetAddress.getByName("10.0.0.1");
        var unpinned = new HostGate(InetAddress::getAllByName, any -> true, false);
        var pinned = new HostGate(InetAddress::getAllByName, any -> true, true);

        assertThat(unpinned.open(URI.create("http://host:81/a?b#c"), address))
                .isEqualTo(new HostGate.Gate(URI.create("http://host:81/a?b"), null));
        assertThat(pinned.open(URI.create("https://host:81/a?b#c"), address))
                .isEqualTo(new HostGate.Gate(URI.create("https://host:81/a?b"), null));
        assertThat(pinned.open(URI.create("http://host:81?b"), address))
                .isEqualTo(new HostGate.Gate(URI.create("http://10.0.0.1:81/?b"), "host:81"));
        assertThat(pinned.open(URI.create("http://host/a"), InetAddress.getByName("2606:4700::1")))
                .isEqualTo(new HostGate.Gate(URI.create("http://[2606:4700:0:0:0:0:0:1]/a"), "host"));
    }

    private FetchResult fetchThrough(HostGate gate, String url, Map<String, String> others) throws Exception {
        try (var spool = Spool.open(folder)) {
            return new HttpFetcher(settings(others), spool, gate).fetch(URI.create(url));
        }
    }

    @Test
    void shouldRefuseARedirectThatGivesUpEncryption() {
        var gate = new HostGate(InetAddress::getAllByName, any -> true, true);

        assertThat(gate.refusal(URI.create("http://b/"), URI.create("https://a/")))
                .isEqualTo(new NotFetched(Outcome.FORBIDDEN, "redirect from https: to http:"));
        assertThat(gate.refusal(URI.create("https://b/"), URI.create("http://a/")))
                .isNull();
    }

    @Test
    void shouldStopABodyThatOutlastsTheDeadline() throws Exception {
        String url = on("/drip", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            for (int i = 0; i < 900 && !end.await(20, TimeUnit.MILLISECONDS); i++) {
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
            }
        });
        var started = Instant.now();
        var result = (NotFetched) fetch(url, Map.of("weighbridge.fetch.deadline", "PT0.5S"));

        assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(result.reason())
                .matches("not done by the deadline, \\d+ bytes received; see weighbridge.fetch.deadline");
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void shouldGiveUpOnAHostThatFallsSilent() throws Exception {
        String url = on("/silent", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            exchange.getResponseBody().write(new byte[3]);
            exchange.getResponseBody().flush();
            end.await();
        });
        var result = (NotFetched)
                fetch(url, Map.of("weighbridge.fetch.read.timeout", "PT0.2S", "weighbridge.fetch.attempts", "2"));

        assertNotFetched(result, Outcome.TIMED_OUT, "no byte for PT0.2S after 3; see weighbridge.fetch.read.timeout");
        assertThat(requests).hasSize(2);
    }

    @Test
    void shouldStopAtTheLimitWhetherTheSizeIsStatedOrNot() throws Exception {
        assertNotFetched(
                fetch(on("/stated", body(new byte[1001]))),
                Outcome.TOO_LARGE,
                "weighbridge.fetch.max.bytes: expected at most 1000 bytes, got at least 1001");
        var endless = (NotFetched) fetch(on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (end.getCount() > 0) {
                exchange.getResponseBody().write(new byte[4096]);
            }
        }));
        assertThat(endless.outcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(endless.reason())
                .startsWith("weighbridge.fetch.max.bytes: expected at most 1000 bytes, got at least ");
        assertThat(requests).containsExactly("/stated", "/endless");
    }

    @Test
    void shouldNotAskForAFileThatIsTooLargeBeforehand() throws Exception {
        try (var fetcher = Fetcher.open(settings(Map.of()))) {
            var file = ModelFile.newBuilder()
                    .setPath("a.bin")
                    .setUrl(on("/a", body(new byte[1])))
                    .setSizeBytes(1001L)
                    .build();
            assertNotFetched(
                    fetcher.fetch(file),
                    Outcome.TOO_LARGE,
                    "weighbridge.fetch.max.bytes: expected at most 1000 bytes, got a stated size of 1001 bytes");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void shouldNotTakeATruncatedBodyForAFile() throws Exception {
        String url = on("/short", exchange -> {
            exchange.sendResponseHeaders(200, 900);
            exchange.getResponseBody().write(new byte[10]);
            exchange.getResponseBody().flush();
        });
        var result = (NotFetched) fetch(url);

        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.reason()).startsWith(url + ": ").contains("900").contains("10");
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldNotTakeACompressedBodyForAFile() throws Exception {
        String url = on("/gzip", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            body(new byte[10]).to(exchange);
        });

        assertNotFetched(
                fetch(url), Outcome.UNREACHABLE, url + ": expected the bytes as they are, got Content-Encoding gzip");
    }

    @Test
    void shouldSayWhichHostIsUnknown() throws Exception {
        var gate = new HostGate(
                host -> {
                    throw new UnknownHostException(host);
                },
                any -> true,
                true);

        assertNotFetched(
                fetchThrough(gate, "https://nobody.invalid/a", Map.of()),
                Outcome.UNREACHABLE,
                "unknown host nobody.invalid");
    }

    @Test
    void shouldSayThatAHostDoesNotListen() throws Exception {
        String url = on("/a", body(new byte[1]));
        server.stop(0);
        var result = (NotFetched) fetch(url);

        assertThat(result.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(result.reason()).startsWith(url + ": ");
    }

    @Test
    void shouldNotTakeBytesFromAHostThatBreaksTheEncryption() throws Exception {
        try (var plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            threads.execute(() -> answerInPlainText(plain));
            String url = "https://127.0.0.1:" + plain.getLocalPort() + "/a";
            var result = (NotFetched) fetch(url, Map.of("weighbridge.fetch.attempts", "1"));

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
        assertNotFetched(fetch("http://a b/"), Outcome.MALFORMED, "url: Illegal character in authority at character 7");
        assertNotFetched(fetch("a.bin"), Outcome.MALFORMED, "url: expected file:, http: or https:, got no scheme");
        assertNotFetched(fetch("http:///a"), Outcome.MALFORMED, "url: expected a host, got none that is valid");
        assertNotFetched(fetch("http:a"), Outcome.MALFORMED, "url: expected a host, got none that is valid");
        assertNotFetched(fetch("ftp://host/a"), Outcome.UNSUPPORTED, "url: expected file:, http: or https:, got ftp:");
        assertNotFetched(
                fetch("http://user:password@host/a"),
                Outcome.FORBIDDEN,
                "url: user names and passwords in addresses are refused");
    }

    @Test
    void shouldStopWhenInterruptedAndLeaveNothingBehind() throws Exception {
        String url = on("/hang", exchange -> end.await());
        var failure = new AtomicReference<Exception>();
        try (var fetcher = Fetcher.open(settings(Map.of()))) {
            var thread = new Thread(() -> {
                try {
                    fetcher.fetch(
                            ModelFile.newBuilder().setPath("a").setUrl(url).build());
                } catch (InterruptedException e) {
                    failure.set(e);
                }
            });
            thread.start();
            await().until(() -> !requests.isEmpty());
            thread.interrupt();
            thread.join(10_000);
            assertThat(failure.get()).isInstanceOf(InterruptedException.class);
            assertThat(spooled()).isEmpty();
        }
    }

    @Test
    void shouldBlameItsOwnDiskForWhatItCannotWrite() throws Exception {
        String url = on("/a", body(new byte[1]));
        try (var spool = Spool.open(folder)) {
            var fetcher = new HttpFetcher(settings(Map.of()), spool, HostGate.of(settings(Map.of())));
            var own = spool.newFile().getParent();
            for (var path : List.of(own.resolve("lock"), spooled().get(0), own)) {
                Files.delete(path);
            }
            var result = (NotFetched) fetcher.fetch(URI.create(url));
            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reason()).startsWith("spool: ");
        }
        assertThat(requests).isEmpty();
    }
}
