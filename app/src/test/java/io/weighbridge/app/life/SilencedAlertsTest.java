package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.Suppression;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerting role with its sinks, on a real broker: who is told of what. */
class SilencedAlertsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HttpServer receiver;
    private OwnCluster own;
    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        own = OwnCluster.start(
                folder,
                Map.of(
                        "state.dir",
                        folder.resolve("state").toString(),
                        "weighbridge.sink.log",
                        "false",
                        "weighbridge.sink.webhook.secret",
                        "s3cret",
                        "weighbridge.sink.webhook.url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/"));
        cluster = own.cluster();
    }

    @AfterEach
    void stop() throws Exception {
        receiver.stop(0);
        own.close();
    }

    @Test
    void shouldTellNobodyOfWhatIsSuppressedAndStillCountIt() throws Exception {
        try (var publisher = cluster.publisher();
                var producer = new BulkProducer(cluster);
                var alerting = Roles.start(Set.of(Role.ALERTING), cluster.settings(), meters)) {
            assertThat(alerting.awaitReady(LONG)).isTrue();
            var alerts = new RaisedAlerts(cluster, producer);
            publisher.suppress(Suppression.newBuilder(TestRecords.suppression())
                    .setOwner("red-team")
                    .setExpiresAt(null)
                    .build());
            alerts.raise("before", "red-team");
            await().atMost(LONG).until(() -> alerts.state("before") == CaseState.SUPPRESSED);
            int earlier = told.size();

            alerts.raise("quiet", "red-team");
            await().atMost(LONG).until(() -> alerts.state("quiet") == CaseState.SUPPRESSED);
            alerts.raise("loud", "mallory");
            await().atMost(LONG).until(() -> told.stream().anyMatch(body -> body.contains("\"alertId\":\"loud\"")));

            await().atMost(LONG)
                    .until(() -> meters.get("weighbridge.sink.silenced").counters().stream()
                                    .mapToDouble(counter -> counter.count())
                                    .sum()
                            >= 2 - earlier);
            assertThat(told).noneMatch(body -> body.contains("\"alertId\":\"quiet\""));
            assertThat(alerts.state("loud")).isEqualTo(CaseState.NEW);
        }
    }

    /** As the matcher writes alerts: the partition then ends with the end of the transaction. */
    @Test
    void shouldNotSeemBehindWhenAllIsDelivered() throws Exception {
        var alert = TestRecords.infringementAlert();
        var alerts = cluster.topics().infringementAlerts();
        var partition = new TopicPartition(alerts.name(), 0);
        var transactional = new HashMap<String, Object>(cluster.settings().kafka());
        transactional.put("transactional.id", "a-matcher");
        try (var producer = new KafkaProducer<>(transactional, new StringSerializer(), new ByteArraySerializer());
                var admin = cluster.admin();
                var alerting = Roles.start(Set.of(Role.ALERTING), cluster.settings(), meters)) {
            assertThat(alerting.awaitReady(LONG)).isTrue();
            producer.initTransactions();
            producer.beginTransaction();
            byte[] value = alerts.value().serializer().serialize(alerts.name(), alert);
            producer.send(new ProducerRecord<>(alerts.name(), 0, alert.getAlertId(), value));
            producer.commitTransaction();

            await().atMost(LONG).until(() -> committed(admin, partition) == 2);
            assertThat(told).hasSize(1);
        }
    }

    private static long committed(Admin admin, TopicPartition partition) throws Exception {
        var place = admin.listConsumerGroupOffsets("weighbridge-sink-webhook")
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition);
        return place == null ? 0 : place.offset();
    }
}
