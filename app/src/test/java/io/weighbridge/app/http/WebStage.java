package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.resource.Resources;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestTopics;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The web server on a free port, over a picture and a health that the test directs, and a client of it. */
final class WebStage implements AutoCloseable {

    final TestHealth health = new TestHealth();
    final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final LivePicture picture;
    final WebServer server;
    final HttpProbe http;

    private final LiveFeed feed;
    private final Gateway gateway;

    WebStage() {
        this(Map.of());
    }

    /** @param matchers settings that tell where the matchers are */
    WebStage(Map<String, String> matchers) {
        Settings settings = TestTopics.mock().with(matchers);
        feed = LiveFeed.idle(settings);
        gateway = new Gateway(settings);
        picture = feed.picture();
        server = WebServer.start(
                Listen.loopback(0),
                feed,
                new StackInfo("1.2.3", "127.0.0.1:9092", "http://user:secret@127.0.0.1:8081", Map.of("broker", 9092)),
                IndexGateway.of(new Settings(matchers), ""),
                new ManagementRoutes(health, metrics, Map.of("hasher", () -> "Topologies:\n Sub-topology: 0")),
                Resources.of(feed, gateway, health, Optional.empty()));
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

    @Override
    public void close() {
        server.close();
        gateway.close();
        feed.close();
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
