package io.weighbridge.app.chaos.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Stands between everybody and the schema registry, and passes requests on: at once, late, or not at all. */
public final class RegistryProxy implements AutoCloseable {

    private static final Duration LATE = Duration.ofSeconds(3);

    /** What becomes of requests. */
    public enum Mode {
        PASSING,
        SLOW,
        FAILING,
        HANGING_UP
    }

    private final URI registry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Mode mode = Mode.PASSING;

    private RegistryProxy(URI registry, HttpServer server) {
        this.registry = registry;
        this.server = server;
    }

    static RegistryProxy before(URI registry) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        var proxy = new RegistryProxy(registry, server);
        server.createContext("/", exchange -> {
            try (exchange) {
                proxy.serve(exchange);
            }
        });
        server.setExecutor(proxy.threads);
        server.start();
        return proxy;
    }

    /** For {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void mode(Mode changed) {
        mode = changed;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            switch (mode) {
                case HANGING_UP -> {} // closing it is the answer
                case FAILING -> exchange.sendResponseHeaders(503, -1);
                case SLOW -> {
                    TimeUnit.MILLISECONDS.sleep(LATE.toMillis());
                    pass(exchange, body);
                }
                case PASSING -> pass(exchange, body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(registry.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
                .timeout(Duration.ofSeconds(20));
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .ifPresent(type -> request.header("Content-Type", type));
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
