package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.client.Groups;
import io.weighbridge.app.client.KeptFiles;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.AuditLog;
import io.weighbridge.app.http.resource.Resources;
import io.weighbridge.app.http.webhook.HuggingFaceRoutes;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.AuditEntry;
import io.weighbridge.schemas.avro.UploadEvent;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.common.KafkaException;

/** The web server on a free port, over a picture and a health that the test directs, and a client of it. */
final class WebStage implements AutoCloseable {

    static final String WEBHOOK_SECRET = "a-secret-of-the-webhook";

    final TestHealth health = new TestHealth();
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final LivePicture picture;
    final WebServer server;
    final HttpProbe http;
    final TestAudit audit = new TestAudit();

    /** What the webhook published. */
    final List<UploadEvent> uploads = new CopyOnWriteArrayList<>();

    volatile boolean isPublisherBroken;

    private final LiveFeed feed;
    private final Access access;
    private final Gateway gateway;

    /** A server to which nobody has to show a token, as in the demo. */
    WebStage() {
        this(Map.of());
    }

    /** The same with settings, such as where the matchers are. */
    WebStage(Map<String, String> settings) {
        this(new Settings(settings), AccessSettings.open(new Settings(settings)), List.of());
    }

    /** A server of a cluster: it reads its topics and writes to them. */
    static WebStage connected(Settings settings, KeptFiles files) {
        var open = AccessSettings.open(settings);
        return new WebStage(
                Listen.loopback(0),
                settings,
                LiveFeed.start(settings),
                new Gateway(settings),
                Optional.of(files),
                open,
                List.of());
    }

    /** @param more routes beside those of the product */
    WebStage(Settings settings, AccessSettings rules, List<Routes> more) {
        this(Listen.loopback(0), settings, rules, more);
    }

    WebStage(Listen listen, Settings settings, AccessSettings rules, List<Routes> more) {
        this(listen, settings, TestTopics.mock(), rules, more);
    }

    private WebStage(Listen listen, Settings settings, Settings mock, AccessSettings rules, List<Routes> more) {
        this(listen, settings, LiveFeed.idle(mock), new Gateway(mock), Optional.empty(), rules, more);
    }

    private WebStage(
            Listen listen,
            Settings settings,
            LiveFeed feed,
            Gateway gateway,
            Optional<KeptFiles> files,
            AccessSettings rules,
            List<Routes> more) {
        this.feed = feed;
        this.gateway = gateway;
        access = Access.of(rules, audit);
        var routes = new ArrayList<Routes>(more);
        routes.addAll(Resources.of(feed, gateway, new Groups(gateway, Clock.systemUTC()), health, files));
        routes.add(new HuggingFaceRoutes(WEBHOOK_SECRET, access, this::publish));
        picture = feed.picture();
        server = WebServer.start(
                listen,
                feed,
                new StackInfo("1.2.3", "127.0.0.1:9092", "http://user:secret@127.0.0.1:8081", Map.of("broker", 9092)),
                IndexGateway.of(settings, ""),
                new ManagementRoutes(health, metrics, Map.of("hasher", () -> "Topologies:\n Sub-topology: 0")),
                access,
                routes);
        http = HttpProbe.ofApi(server.port());
    }

    static void assertProblem(HttpResponse<String> response, int status) {
        JsonNode problem = json(response);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText()).isNotEmpty();
    }

    private void publish(UploadEvent event) {
        if (isPublisherBroken) {
            throw new KafkaException("no broker");
        }
        uploads.add(event);
    }

    @Override
    public void close() {
        server.close();
        access.close();
        gateway.close();
        feed.close();
    }

    /** Keeps entries in memory until the test breaks it. */
    static final class TestAudit implements AuditLog {

        final List<AuditEntry> entries = new CopyOnWriteArrayList<>();
        volatile boolean isBroken;

        @Override
        public Future<?> write(AuditEntry entry) {
            if (isBroken) {
                return CompletableFuture.failedFuture(new KafkaException("no broker"));
            }
            entries.add(entry);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }

    /** Live and ready until the test says otherwise. */
    static final class TestHealth implements Health {

        volatile boolean live = true;
        volatile boolean ready = true;

        @Override
        public Map<String, String> states() {
            return new TreeMap<>(Map.of("hasher", ready ? "RUNNING" : "REBALANCING"));
        }

        @Override
        public boolean live() {
            return live;
        }

        @Override
        public boolean ready() {
            return ready;
        }
    }
}
