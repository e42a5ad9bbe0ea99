package io.weighbridge.app.bench.alerts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook's receiver: takes every call, and notes the idempotency key of each. */
final class HookReceiver implements AutoCloseable {

    private static final int NO_CONTENT = 204;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, Long> firstMillis = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    private HookReceiver(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    static HookReceiver start() throws IOException {
        return new HookReceiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    /** When each key came first. */
    Map<String, Long> firstMillis() {
        return Map.copyOf(firstMillis);
    }

    /** How many keys came. */
    int keys() {
        return firstMillis.size();
    }

    /** How many calls were made, repeated ones included. */
    int calls() {
        return calls.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            calls.incrementAndGet();
            firstMillis.putIfAbsent(
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"), System.currentTimeMillis());
            exchange.sendResponseHeaders(NO_CONTENT, -1);
        }
    }
}
