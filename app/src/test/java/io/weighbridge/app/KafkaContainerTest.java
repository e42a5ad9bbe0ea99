package io.weighbridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The roles against the Kafka image that {@code docker/compose.yaml} runs. Skipped, and said to be, where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class KafkaContainerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Container
    private static final KafkaContainer KAFKA = new KafkaContainer("apache/kafka:4.3.1");

    @TempDir
    private Path folder;

    @Test
    void shouldHashAProtectedModelThroughTheImage() throws Exception {
        var set = DemoSet.load();
        set.extractTo(folder);
        try (var registry = SchemaRegistry.start(KAFKA.getBootstrapServers(), 0)) {
            var settings = new Settings(Map.of(
                    "bootstrap.servers", KAFKA.getBootstrapServers(),
                    "schema.registry.url", registry.url(),
                    "state.dir", folder.resolve("state").toString(),
                    "weighbridge.fetch.file.roots", "/"));
            var cluster = Cluster.connect(settings);
            new TopicAdmin(cluster).create();
            try (var roles = Roles.start(EnumSet.of(Role.HASHER), settings, new SimpleMeterRegistry());
                    var tracker = new ProtectionTracker(cluster);
                    var publisher = cluster.publisher()) {
                assertThat(roles.awaitReady(PATIENCE)).isTrue();
                var model = set.protectedModels().get(0);
                var event = ProtectedModel.newBuilder()
                        .setId(model.id())
                        .setName(model.id())
                        .setOwner(model.owner())
                        .setFile(FileAddress.local(folder.resolve(model.file())))
                        .setProtectedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                        .build();
                publisher.protect(event);
                assertThat(tracker.await(event, PATIENCE))
                        .map(ScanOutcome::getOutcome)
                        .contains(Outcome.HASHED);
            }
        }
    }
}
