package io.weighbridge.app.embedded;

import static io.weighbridge.schemas.LogEvent.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in this process, on the loopback address: the REST calls of Confluent's that Avro clients make, over a compacted topic of
 * the broker. One per broker. For one machine and for tests; a cluster brings a registry of its own.
 */
public final class SchemaRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MOST_REQUEST_BYTES = 1 << 20;
    private static final int THREADS = 4;

    /** Written once: the JDK's server would otherwise hold each answer back until its headers are acknowledged, for 40 ms. */
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final SchemaLog log;
    private final RegistryRoutes routes;
    private final HttpServer server;
    private final ExecutorService workers;

    private SchemaRegistry(SchemaLog log, HttpServer server) {
        this.log = log;
        this.server = server;
        routes = new RegistryRoutes(new SchemaStore(log));
        workers = Executors.newFixedThreadPool(THREADS, work -> {
            var thread = new Thread(work, "schema-registry");
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
    }

    /**
     * Starts a registry with the state that the broker keeps, and returns when it can be used.
     *
     * @param port 0 for any free port
     * @throws java.net.BindException if the port is taken
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be used
     */
    public static SchemaRegistry start(String bootstrapServers, int port) throws IOException {
        return start(Map.of("bootstrap.servers", bootstrapServers), port);
    }

    /**
     * The same with any settings of Kafka's clients, for a broker that wants to know who talks to it.
     *
     * @param port 0 for any free port
     */
    public static SchemaRegistry start(Map<String, Object> clients, int port) throws IOException {
        int free = Ports.free(port, "schema registry");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(Ports.LOOPBACK), free), 0);
        SchemaLog log = null;
        try {
            log = SchemaLog.open(clients);
            return new SchemaRegistry(log, server);
        } catch (RuntimeException e) {
            server.stop(0);
            if (log != null) {
                log.close();
            }
            throw e;
        }
    }

    /** Its address, for {@code schema.registry.url}. */
    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
        log.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, answer(exchange));
            } catch (RegistryError e) {
                send(exchange, e.status(), error(e.code(), e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error(
                        event("registry.request.failed"),
                        "{} {}: failed",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        e);
                send(exchange, 500, error(500, "Internal server error: " + e));
            }
        }
    }

    private Object answer(HttpExchange exchange) throws IOException {
        refuseStrangers(exchange);
        return routes.answer(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                body(exchange));
    }

    /** A web page may not talk to the registry through its reader's browser, whether under a name of its own or by a plain form. */
    private static void refuseStrangers(HttpExchange exchange) {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        if (!host.matches("(127\\.0\\.0\\.1|localhost)(:\\d+)?")) {
            throw RegistryError.http(403, "Host: expected 127.0.0.1 or localhost, got " + host);
        }
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            throw RegistryError.http(403, "Origin: expected none, as browsers are not served");
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MOST_REQUEST_BYTES + 1);
        if (bytes.length > MOST_REQUEST_BYTES) {
            throw RegistryError.http(413, "Request: expected at most " + MOST_REQUEST_BYTES + " bytes, got more");
        }
        if (bytes.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body.isObject()) {
                return body;
            }
            throw RegistryError.http(400, "Request: expected a JSON object, got " + body.getNodeType());
        } catch (JsonProcessingException e) {
            throw RegistryError.http(400, "Request: expected JSON: " + e.getOriginalMessage());
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes = JSON.writeValueAsString(answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
