package io.weighbridge.app.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.embedded.RegistryHttp;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.app.operate.letter.DeadLetters;
import io.weighbridge.app.operate.letter.Redriver;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that fail, what they failed of mended, and the records redriven: a real broker, the alerting role with a webhook. */
class DeadLettersCommandTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;
    private HttpServer receiver;
    private CommandStage stage;
    private Roles alerting;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (answer == 204) {
                told.add(body);
            }
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        stage = CommandStage.start(
                folder,
                Map.of(
                        "weighbridge.sink.webhook.secret",
                        "s3cret",
                        "weighbridge.sink.webhook.url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/"));
        alerting = Roles.start(Set.of(Role.ALERTING), stage.settings(), new SimpleMeterRegistry());
        assertThat(alerting.awaitReady(LONG)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        alerting.close();
        stage.close();
        receiver.stop(0);
    }

    @Test
    void shouldBringBackWhatFailedOnceItsCauseIsMended() throws Exception {
        assertThat(stage.run("dlq", "ls")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).isEqualTo("No dead letter.");
        shouldRedriveADecisionThatCameTooEarly();
        shouldRedriveAnAlertOfAnUnknownSchema();
        shouldRedriveWhatASinkGaveUp();
    }

    private void shouldRedriveADecisionThatCameTooEarly() {
        stage.write(
                stage.cluster().topics().caseDecisions(),
                "early",
                CaseDecision.newBuilder(TestRecords.caseDecision())
                        .setAlertId("early")
                        .build());
        DeadLetterRow letter = letter(row -> "early".equals(row.key()));

        assertThat(stage.run("dlq", "ls", "--role", "alerting")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains(letter.id(), "alerting/update-cases", "early");
        stage.run("dlq", "ls", "--role", "hasher");
        assertThat(stage.out()).isEqualTo("No dead letter.");
        assertThat(stage.run("dlq", "show", letter.id())).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out())
                .contains("cause      " + letter.cause(), "5 bytes: early", "possible " + letter.id())
                .contains("another architecture");

        stage.write(stage.cluster().topics().infringementAlerts(), "early", alert("early"));
        await().atMost(LONG).until(() -> state("early") == CaseState.NEW);
        assertThat(stage.run("dlq", "redrive", letter.id(), "--dry-run")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains("possible", "nothing was written");
        assertThat(stage.run("dlq", "redrive", letter.id())).isEqualTo(ExitCode.NO_MATCH);
        await().atMost(LONG).until(() -> state("early") == CaseState.CLOSED);
        shouldNotRedriveTwice(letter.id());
    }

    private void shouldNotRedriveTwice(String id) {
        long written = decisions();
        assertThat(stage.run("dlq", "redrive", id)).isEqualTo(ExitCode.ERROR);
        assertThat(stage.out()).contains("already " + id + ": it was written to case-decisions.v1 again at 2");
        assertThat(stage.run("dlq", "redrive", "--all")).isEqualTo(ExitCode.USAGE);
        assertThat(stage.err()).contains("--all: expected --yes");
        assertThat(stage.run("dlq", "redrive", "--all", "--yes")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).isEqualTo("Nothing to redrive.");
        assertThat(stage.run("dlq", "redrive", "nothing-0-0")).isEqualTo(ExitCode.ERROR);
        assertThat(stage.out()).contains("gone nothing-0-0: no such dead letter");
        assertThat(decisions()).isEqualTo(written);
        assertThat(stage.run("dlq", "redrive", id, "--again")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(decisions()).isEqualTo(written + 1);
        stage.run("dlq", "ls", "--open");
        assertThat(stage.out()).isEqualTo("No dead letter.");
    }

    private void shouldRedriveAnAlertOfAnUnknownSchema() throws Exception {
        var topic = stage.cluster().topics().infringementAlerts();
        var registry = new RegistryHttp(stage.registry().url());
        int last = registry.postSchema("/subjects/probe/versions", "\"string\"")
                .body()
                .path("id")
                .asInt();
        byte[] bytes = topic.value().serializer().serialize(topic.name(), alert("unread"));
        ByteBuffer.wrap(bytes).putInt(1, last + 1);
        writeRaw(topic.name(), "unread", bytes);
        DeadLetterRow letter =
                letter(row -> "unread".equals(row.key()) && row.stage().contains("read-"));
        stage.run("dlq", "show", letter.id());
        assertThat(stage.out()).contains("decoded    no: ", "Schema " + (last + 1) + " not found");

        assertThat(stage.run("dlq", "redrive", letter.id())).isEqualTo(ExitCode.NO_MATCH);
        letter(row -> "unread".equals(row.key())
                && row.redrivenAt() == null
                && !row.id().equals(letter.id()));

        assertThat(registry.postSchema("/subjects/" + topic.name() + "-value/versions", widened())
                        .body()
                        .path("id")
                        .asInt())
                .isEqualTo(last + 1);
        assertThat(stage.run("dlq", "redrive", "--all", "--topic", topic.name(), "--yes"))
                .isEqualTo(ExitCode.NO_MATCH);
        await().atMost(LONG).until(() -> state("unread") == CaseState.NEW);
    }

    private void shouldRedriveWhatASinkGaveUp() {
        answer = 400;
        stage.write(stage.cluster().topics().infringementAlerts(), "untold", alert("untold"));
        DeadLetterRow letter = letter(row -> row.stage().equals("alerting/sink-webhook") && "untold".equals(row.key()));
        assertThat(stage.run("dlq", "redrive", letter.id())).isEqualTo(ExitCode.NO_MATCH);
        letter(row -> "untold".equals(row.key()) && !row.id().equals(letter.id()));

        answer = 204;
        assertThat(stage.run("dlq", "redrive", "--all", "--role", "alerting", "--since", "PT1H", "--yes"))
                .isEqualTo(ExitCode.NO_MATCH);
        await().atMost(LONG).until(() -> told.stream().anyMatch(body -> body.contains("\"alertId\":\"untold\"")));
        var found = stage.cluster().reader().latest(stage.cluster().topics().infringementCases());
        assertThat(found.get("untold").getOccurrences()).isEqualTo(1);
    }

    @Test
    void shouldLetTheLaterOfTwoRedriversWriteOnly() {
        stage.write(
                stage.cluster().topics().caseDecisions(),
                "twice",
                CaseDecision.newBuilder(TestRecords.caseDecision())
                        .setAlertId("twice")
                        .build());
        String id = letter(row -> "twice".equals(row.key())).id();
        try (var first = Redriver.open(stage.cluster())) {
            var seenByFirst = DeadLetters.read(stage.cluster());
            assertThat(stage.run("dlq", "redrive", id)).isEqualTo(ExitCode.NO_MATCH);

            assertThatThrownBy(() -> first.redrive(seenByFirst, List.of(id), false, end -> {}))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("somebody else has begun to redrive");
        }
        assertThat(decisions()).isEqualTo(2);
    }

    private DeadLetterRow letter(Predicate<DeadLetterRow> wanted) {
        return await().atMost(LONG)
                .until(
                        () -> DeadLetters.read(stage.cluster()).rows().stream()
                                .filter(wanted)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private long decisions() {
        return stage.cluster()
                .reader()
                .readAll(stage.cluster().topics().caseDecisions())
                .size();
    }

    private CaseState state(String alertId) {
        var known = stage.cluster()
                .reader()
                .latest(stage.cluster().topics().infringementCases())
                .get(alertId);
        return known == null ? null : known.getState();
    }

    /** The schema of alerts as a later release might write it: another text, the same bytes. */
    private static String widened() {
        var schema =
                new Schema.Parser().parse(InfringementAlert.getClassSchema().toString());
        schema.addProp("since", "a later release");
        return schema.toString();
    }

    private static InfringementAlert alert(String alertId) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId(alertId)
                .build();
    }

    private void writeRaw(String topic, String key, byte[] value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", stage.broker().bootstrapServers());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }
}
