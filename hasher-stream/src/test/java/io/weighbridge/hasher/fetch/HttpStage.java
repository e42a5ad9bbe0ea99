package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A web server on this machine whose answers the test directs, and fetchers that ask it. */
final class HttpStage implements AutoCloseable {

    final ExecutorService threads = Executors.newCachedThreadPool();

    /** Paths that were asked for, in order. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** Reaches zero when the stage closes: an answer that goes on for ever goes on until then. */
    final CountDownLatch end = new CountDownLatch(1);

    /** The bytes fetched last. */
    final AtomicReference<byte[]> received = new AtomicReference<>();

    private final Path folder;
    private final HttpServer server;

    HttpStage(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** What a path of the server answers. */
    interface Answer {
        void to(com.sun.net.httpserver.HttpExchange exchange) throws Exception;
    }

    /** Lets the path give this answer, and returns its address. */
    String on(String path, Answer answer) {
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

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Answer body(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Answer redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Three attempts at 1000 bytes at most, from this machine, and nothing outside the folder. */
    FetchSettings settings(Map<String, String> others) {
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

    FetchResult fetch(String url) throws Exception {
        return fetch(url, Map.of());
    }

    /** Fetches, and looks that nothing stays in the spool that was not fetched. */
    FetchResult fetch(String url, Map<String, String> others) throws Exception {
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

    FetchResult fetchThrough(HostGate gate, String url, Map<String, String> others) throws Exception {
        var settings = settings(others);
        try (var spool = Spool.open(folder);
                var exchange = new HttpExchange(settings)) {
            return new HttpFetcher(
                            settings.maxBytes(), spool, new HttpDialogue(settings, gate, exchange, new Closing()))
                    .fetch(URI.create(url), Deadline.in(settings.http().deadline()), anyRoom());
        }
    }

    /** As much of the spool as a file may want. */
    static SpoolLease anyRoom() {
        return new SpoolRoom(Long.MAX_VALUE)
                .claim(Deadline.in(Duration.ofMinutes(1)), 0)
                .lease();
    }

    List<Path> spooled() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".part")).toList();
        }
    }

    static void assertNotFetched(FetchResult result, Outcome outcome, String reason) {
        var not = (NotFetched) result;
        assertThat(new NotFetched(not.outcome(), not.reason())).isEqualTo(new NotFetched(outcome, reason));
    }

    void stopServer() {
        server.stop(0);
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
