package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishers and roles whose clocks are far from the broker's. */
class ClockSkewTest {

    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeRecordsOfAnyTimeThroughAllStages() throws Exception {
        var upload = TestRecords.uploadEvent();
        var alert = TestRecords.infringementAlert();
        try (var own = OwnCluster.start(
                        folder, Map.of("state.dir", folder.resolve("state").toString()));
                var producer = new BulkProducer(own.cluster());
                var roles =
                        Roles.start(EnumSet.allOf(Role.class), own.cluster().settings(), new SimpleMeterRegistry())) {
            assertThat(roles.awaitReady(LONG)).isTrue();
            var tomorrow = Instant.now().plus(Duration.ofDays(1));
            var topics = own.cluster().topics();
            producer.send(topics.modelUploads(), "hub/owner/name", upload, tomorrow);
            producer.send(topics.infringementAlerts(), alert.getAlertId(), alert, tomorrow);
            producer.flush();

            var reader = own.cluster().reader();
            await().atMost(LONG)
                    .until(() -> reader.latest(topics.scanOutcomes()).size() == 1);
            await().atMost(LONG)
                    .until(() -> reader.latest(topics.infringementCases()).containsKey(alert.getAlertId()));
            assertThat(roles.live()).isTrue();
            assertThat(limits(own))
                    .as("topics of the product and of Kafka Streams")
                    .hasSizeGreaterThan(topics.all().size())
                    .allSatisfy((topic, limit) -> assertThat(limit.value()).isEqualTo(Topic.ANY_TIME))
                    .allSatisfy((topic, limit) ->
                            assertThat(limit.source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG));
        }
    }

    /** How late a record of each topic may be. */
    private static Map<String, ConfigEntry> limits(OwnCluster own) throws Exception {
        try (var admin = own.cluster().admin()) {
            var resources = admin.listTopics().names().get().stream()
                    .filter(name -> !name.startsWith("_"))
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            var configs = admin.describeConfigs(resources).all().get();
            var limits = new TreeMap<String, ConfigEntry>();
            configs.forEach((topic, config) ->
                    limits.put(topic.name(), config.get(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)));
            return limits;
        }
    }
}
