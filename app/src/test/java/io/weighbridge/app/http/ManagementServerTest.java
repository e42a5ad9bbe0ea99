package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {

    private WebStage stage;

    @BeforeEach
    void open() {
        stage = new WebStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldTellLiveAndReadyApart() {
        stage.health.ready = false;

        assertThat(stage.http.get("/livez").statusCode()).isEqualTo(200);
        var ready = stage.http.get("/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).path("states").path("hasher").asText()).isEqualTo("REBALANCING");

        stage.health.ready = true;
        assertThat(stage.http.get("/readyz").statusCode()).isEqualTo(200);
        stage.health.live = false;
        assertThat(stage.http.get("/livez").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldServeMetricsAndTopologies() {
        stage.metrics.counter("weighbridge.uploads.received").increment(3);

        assertThat(stage.http.get("/metrics").body()).contains("weighbridge_uploads_received_total 3.0");
        assertThat(stage.http
                        .get("/metrics")
                        .headers()
                        .firstValue("Content-Type")
                        .orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(stage.http.get("/topology").body()).contains("# hasher\nTopologies:");
        assertThat(stage.http.get("/topology/hasher").body()).startsWith("Topologies:");
    }

    @Test
    void shouldServeManagementOnAPortOfItsOwn() {
        try (var management = ManagementServer.start(
                Listen.loopback(0),
                new ManagementRoutes(stage.health, stage.metrics, Map.of()),
                new InstanceRoutes(Optional::empty))) {
            var probe = HttpProbe.ofManagement(management.port());

            assertThat(probe.get("/livez").statusCode()).isEqualTo(200);
            assertThat(probe.get("/metrics").statusCode()).isEqualTo(200);
            assertProblem(probe.get("/api/v1/summary"), 404);
            assertThat(probe.raw("GET /livez HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void shouldSayThatAPortIsTaken() {
        assertThatThrownBy(() -> ManagementServer.start(
                        Listen.loopback(stage.server.port()),
                        new ManagementRoutes(stage.health, stage.metrics, Map.of()),
                        new InstanceRoutes(Optional::empty)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("management at 127.0.0.1:" + stage.server.port() + ": cannot listen");
    }
}
