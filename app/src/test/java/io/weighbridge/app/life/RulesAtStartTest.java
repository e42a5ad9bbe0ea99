package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.Suppression;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of people are read before a role starts: neither bad ones nor brokers or a registry that are away may keep it from starting. */
class RulesAtStartTest {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final EnumSet<Role> WITH_RULES = EnumSet.of(Role.MATCHER, Role.ALERTING);

    @TempDir
    private Path folder;

    private OwnCluster own;
    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        own = OwnCluster.start(
                folder, Map.of("state.dir", folder.resolve("state").toString()));
        cluster = own.cluster();
    }

    @AfterEach
    void stop() throws Exception {
        own.close();
    }

    @Test
    void shouldGoOnWithoutARuleThatCannotBeRead() throws Exception {
        try (var producer = new BulkProducer(cluster)) {
            poisonRules(producer);
            suppress(producer, "red-team");
            try (var log = new LogCapture(Map.of());
                    var roles = Roles.start(WITH_RULES, cluster.settings(), new SimpleMeterRegistry())) {
                assertThat(roles.awaitReady(LONG)).isTrue();
                poisonRules(producer);
                suppress(producer, "blue-team");
                var alerts = new RaisedAlerts(cluster, producer);
                alerts.raise("by-red", "red-team");
                alerts.raise("by-blue", "blue-team");
                alerts.raise("by-mallory", "mallory");

                await().atMost(LONG).until(() -> alerts.state("by-red") == CaseState.SUPPRESSED);
                await().atMost(LONG).until(() -> alerts.state("by-blue") == CaseState.SUPPRESSED);
                await().atMost(LONG).until(() -> alerts.state("by-mallory") == CaseState.NEW);
                assertThat(roles.live()).isTrue();
                assertThat(log.text())
                        .contains("rule.record.skipped", "suppressions.v1 partition ", "protection-policies.v1");
            }
        }
    }

    @Test
    void shouldWaitForARegistryThatIsAway() throws Exception {
        try (var producer = new BulkProducer(cluster)) {
            suppress(producer, "red-team");
        }
        own.registry().close();
        try (var log = new LogCapture(Map.of())) {
            var starting = CompletableFuture.supplyAsync(
                    () -> Roles.start(WITH_RULES, cluster.settings(), new SimpleMeterRegistry()));
            await().atMost(LONG).until(() -> log.text().contains("role.start.postponed"));
            assertThat(log.text()).contains("alerting: cannot start yet", "schema registry at");

            int port = URI.create(own.registry().url()).getPort();
            var back = SchemaRegistry.start(own.broker().bootstrapServers(), port);
            try (var roles = starting.join()) {
                assertThat(roles.awaitReady(LONG)).isTrue();
            } finally {
                back.close();
            }
        }
    }

    @Test
    void shouldWaitForBrokersThatAreAway() throws Exception {
        try (var producer = new BulkProducer(cluster)) {
            suppress(producer, "red-team");
        }
        int port = URI.create("broker://" + own.broker().bootstrapServers()).getPort();
        own.broker().close();
        var starting = CompletableFuture.supplyAsync(
                () -> Roles.start(WITH_RULES, cluster.settings(), new SimpleMeterRegistry()));
        assertThatThrownBy(() -> starting.get(5, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);

        var back = Broker.start(folder.resolve("broker"), port);
        try (var roles = starting.join()) {
            assertThat(roles.awaitReady(LONG)).isTrue();
        } finally {
            back.close();
        }
    }

    /** Under the keys of good ones. */
    private void poisonRules(BulkProducer producer) {
        poison(producer, cluster.topics().suppressions().name(), ruleOf("red-team"));
        poison(producer, cluster.topics().protectionPolicies().name(), "protected-model");
        producer.flush();
    }

    private static void poison(BulkProducer producer, String topic, String key) {
        var raw = new Topic<>(topic, Serdes.String(), Serdes.ByteArray(), Topic.Keeping.LAST_OF_KEY);
        producer.send(raw, key, new byte[] {1, 2, 3}, Instant.now());
    }

    private void suppress(BulkProducer producer, String owner) {
        var suppression = Suppression.newBuilder(TestRecords.suppression())
                .setId(ruleOf(owner))
                .setOwner(owner)
                .setExpiresAt(null)
                .build();
        producer.send(cluster.topics().suppressions(), suppression.getId(), suppression, Instant.now());
        producer.flush();
    }

    private static String ruleOf(String owner) {
        return "rule/" + owner;
    }
}
