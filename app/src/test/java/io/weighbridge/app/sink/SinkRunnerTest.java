package io.weighbridge.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.sink.AlertFilter;
import io.weighbridge.alerting.sink.AlertSinks;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.LogSink;
import io.weighbridge.alerting.sink.SinkRunner;
import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks fed by a real broker. */
@Timeout(120)
class SinkRunnerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static AlertBroker broker;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<SinkRunner> runners = new CopyOnWriteArrayList<>();
    private AlertGroup group;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = AlertBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void beginAfterTheOtherTests() throws Exception {
        group = broker.newGroup("recording");
    }

    @AfterEach
    void close() {
        runners.forEach(SinkRunner::close);
    }

    @Test
    void shouldDeliverEveryAlertOnceAndGoOnAfterARestart() throws Exception {
        var sink = new RecordingSink();
        SinkRunner runner = start(sink);
        send("one", "two", "three");
        await().atMost(LONG).until(() -> sink.ids().size() == 3);
        runner.close();
        assertThat(group.lag()).isZero();

        start(sink);
        send("four");

        await().atMost(LONG).until(() -> sink.ids().size() == 4);
        assertThat(sink.ids()).containsExactlyInAnyOrder("one", "two", "three", "four");
        assertThat(count("weighbridge.sink.deliveries")).isEqualTo(4);
        assertThat(count("weighbridge.sink.failures")).isZero();
        assertThat(runner.failure()).isEmpty();
    }

    @Test
    void shouldPutAsideWholeWhatTheSinkRefuses() throws Exception {
        var sink = new RecordingSink(alert -> alert.getAlertId().equals("bad")
                ? new Delivery.Refused("http://receiver: HTTP 400, which is final")
                : new Delivery.Delivered());
        start(sink);
        send("bad", "good");

        await().atMost(LONG).until(() -> sink.ids().contains("good") && group.lag() == 0);
        DeadLetter letter = broker.deadLettersOf(group).get(0);
        assertThat(letter.getTopic()).isEqualTo("infringement-alerts.v1");
        assertThat(letter.getStage()).isEqualTo("alerting/sink-recording");
        assertThat(letter.getCause()).isEqualTo("http://receiver: HTTP 400, which is final");
        assertThat(text(letter.getKey())).isEqualTo("bad");
        assertThat(broker.alertIn(letter)).isEqualTo(alert("bad"));
        assertThat(count("weighbridge.sink.failures")).isEqualTo(1);
        assertThat(count("weighbridge.sink.deliveries")).isEqualTo(1);
    }

    @Test
    void shouldPutAsideWhatIsNoAlertAndGoOn() throws Exception {
        var sink = new RecordingSink();
        start(sink);
        broker.sendBytes("k", "{}".getBytes(StandardCharsets.UTF_8));
        broker.sendBytes("k", null);
        broker.sendBytes("k", broker.bytesOfAnotherRecord());
        send("good");

        await().atMost(LONG).until(() -> sink.ids().contains("good") && group.lag() == 0);
        List<DeadLetter> letters = broker.deadLettersOf(group);
        assertThat(letters)
                .extracting(DeadLetter::getCause)
                .satisfiesExactlyInAnyOrder(
                        cause -> assertThat(cause).contains("2 bytes"),
                        cause -> assertThat(cause).isEqualTo("value: expected an alert, got null"),
                        cause -> assertThat(cause).endsWith("expected a record InfringementAlert, got UploadEvent"));
        assertThat(letters)
                .extracting(DeadLetter::getValue)
                .contains(
                        ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)),
                        null,
                        ByteBuffer.wrap(broker.bytesOfAnotherRecord()));
        assertThat(sink.ids()).containsExactly("good");
    }

    @Test
    void shouldCommitAndCountWhatTheFilterSilencesAndTellNobody() throws Exception {
        var sink = new RecordingSink();
        AlertFilter filter = alert ->
                Optional.of("suppressed").filter(reason -> alert.getAlertId().startsWith("quiet"));
        start(sink, filter, Map.of());
        send("quiet-1", "loud", "quiet-2");

        await().atMost(LONG).until(() -> group.lag() == 0);
        assertThat(sink.ids()).containsExactly("loud");
        assertThat(broker.deadLettersOf(group)).isEmpty();
        assertThat(count("weighbridge.sink.silenced")).isEqualTo(2);
        assertThat(count("weighbridge.sink.deliveries")).isEqualTo(1);
    }

    @Test
    void shouldDecideNothingWhenItStopsWhileTheFilterWaits() throws Exception {
        var asked = new CountDownLatch(1);
        SinkRunner runner = start(
                new RecordingSink(),
                alert -> {
                    asked.countDown();
                    new CountDownLatch(1).await();
                    return Optional.empty();
                },
                Map.of());
        send("one");
        asked.await();

        runner.close();

        assertThat(runner.failure()).isEmpty();
        assertThat(group.lag()).isEqualTo(1);
    }

    @Test
    void shouldTellHowOldTheAlertIsThatItCannotDeliver() throws Exception {
        var release = new CountDownLatch(1);
        start(new RecordingSink(alert -> {
            release.await();
            return new Delivery.Delivered();
        }));
        send("slow");

        await().atMost(LONG).until(() -> undeliveredAge() > 0.5);
        release.countDown();
        await().atMost(LONG).until(() -> undeliveredAge() == 0);
    }

    @Test
    void shouldNotDeliverWhatWasNeverCommitted() throws Exception {
        var sink = new RecordingSink();
        start(sink);
        broker.sendAndAbort(alert("aborted"));
        send("committed");

        await().atMost(LONG).until(() -> sink.ids().contains("committed"));
        assertThat(sink.ids()).containsExactly("committed");
    }

    @Test
    void shouldStayInItsGroupWhileADeliveryOutlastsThePollInterval() throws Exception {
        var release = new CountDownLatch(1);
        var sink = new RecordingSink(alert -> {
            release.await();
            return new Delivery.Delivered();
        });
        start(sink, Map.of("max.poll.interval.ms", "1000"));
        send("slow");
        await().atMost(LONG).until(() -> sink.begun() == 1);
        String member = group.onlyMember();

        await().during(Duration.ofMillis(2500))
                .atMost(LONG)
                .until(() -> group.onlyMember().equals(member));
        release.countDown();

        await().atMost(LONG).until(() -> group.lag() == 0);
        send("next");
        await().atMost(LONG).until(() -> group.lag() == 0 && sink.ids().contains("next"));
        assertThat(sink.ids()).containsExactly("slow", "next");
        assertThat(group.onlyMember()).isEqualTo(member);
    }

    @Test
    void shouldRepeatADeliveryThatItsCloseInterrupted() throws Exception {
        var hanging = new RecordingSink(alert -> {
            new CountDownLatch(1).await();
            return new Delivery.Delivered();
        });
        SinkRunner runner = start(hanging);
        send("slow");
        await().atMost(LONG).until(() -> hanging.begun() == 1);

        runner.close();

        assertThat(runner.failure()).isEmpty();
        assertThat(hanging.isClosed()).isTrue();
        assertThat(group.lag()).isEqualTo(1);
        var sink = new RecordingSink();
        start(sink);
        await().atMost(LONG).until(() -> sink.ids().equals(List.of("slow")));
    }

    @Test
    void shouldStopAndSayWhyWhenASinkHasAFault() throws Exception {
        SinkRunner runner = start(new RecordingSink(alert -> {
            throw new IllegalArgumentException("a fault of ours");
        }));
        send("one");

        await().atMost(LONG).until(() -> runner.failure().isPresent());
        assertThat(runner.failure().get()).hasRootCauseMessage("a fault of ours");
        var sink = new RecordingSink();
        start(sink);
        await().atMost(LONG).until(() -> sink.ids().equals(List.of("one")));
    }

    @Test
    void shouldLoseNothingWhenAnotherInstanceTakesOverPartitionsInTheMiddle() throws Exception {
        var release = new CountDownLatch(1);
        var first = new RecordingSink(alert -> {
            release.await();
            return new Delivery.Delivered();
        });
        var second = new RecordingSink();
        start(first);
        send(ids("early", 40));
        await().atMost(LONG).until(() -> first.begun() == 1);

        start(second);
        await().atMost(LONG).until(() -> group.membersWithPartitions() == 2);
        release.countDown();
        send(ids("late", 40));

        await().atMost(LONG).until(() -> group.lag() == 0);
        assertThat(first.ids()).isNotEmpty();
        assertThat(second.ids()).isNotEmpty();
        var all = new TreeSet<>(first.ids());
        all.addAll(second.ids());
        assertThat(all).contains(ids("early", 40)).contains(ids("late", 40)).hasSize(80);
        int sent = first.ids().size() + second.ids().size();
        assertThat(sent).as("one alert was under way").isBetween(80, 81);
    }

    @Test
    void shouldFeedTheWebhooksThatTheSettingsName() throws Exception {
        AlertGroup webhook = broker.newGroup("webhook");
        var bodies = new CopyOnWriteArrayList<String>();
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(bodies.size() == 1 ? 503 : bodies.size() == 2 ? 204 : 410, -1);
            exchange.close();
        });
        receiver.start();
        var settings = webhook.settings()
                .with(Map.of(
                        "weighbridge.sink.log", "false",
                        "weighbridge.sink.webhook.url",
                                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                        "weighbridge.sink.webhook.secret", "s3cret",
                        "weighbridge.sink.webhook.first.pause", "10"));

        try (var sinks = AlertSinks.start(SinkSettings.from(settings), AlertFilter.NONE, registry)) {
            assertThat(sinks.names()).containsExactly("webhook");
            send("taken");
            await().atMost(LONG).until(() -> webhook.lag() == 0);
            send("refused");
            await().atMost(LONG).until(() -> webhook.lag() == 0);
            assertThat(sinks.failure()).isEmpty();
        } finally {
            receiver.stop(0);
        }

        assertThat(bodies).hasSize(3);
        assertThat(new ObjectMapper().readTree(bodies.get(1)))
                .isEqualTo(
                        new ObjectMapper().readTree(AlertJson.of(alert("taken")).toString()));
        assertThat(broker.deadLettersOf(webhook)).singleElement().satisfies(letter -> {
            assertThat(letter.getCause()).endsWith("HTTP 410, which is final");
            assertThat(broker.alertIn(letter)).isEqualTo(alert("refused"));
        });
    }

    /** A sink stops by itself, here because another process takes its place under the same static membership. */
    @Test
    void shouldEndTheRoleWhenOneOfItsSinksHasStopped() throws Exception {
        AlertGroup log = broker.newGroup("log");
        var settings = log.settings()
                .with(Map.of(
                        "group.instance.id",
                        "only-one",
                        "state.dir",
                        folder.resolve("state").toString()));
        try (var roles = Roles.start(List.of(Role.ALERTING), settings, registry)) {
            await().atMost(LONG).until(() -> roles.ready() && log.membersWithPartitions() == 1);
            assertThat(roles.live()).isTrue();

            try (var usurper = SinkRunner.start(new LogSink(), AlertFilter.NONE, settings, registry)) {
                await().atMost(LONG).until(() -> !roles.live());
                assertThat(usurper.failure()).isEmpty();
            }
        }
    }

    private SinkRunner start(RecordingSink sink) {
        return start(sink, Map.of());
    }

    private SinkRunner start(RecordingSink sink, Map<String, String> others) {
        return start(sink, AlertFilter.NONE, others);
    }

    private SinkRunner start(RecordingSink sink, AlertFilter filter, Map<String, String> others) {
        SinkRunner runner = SinkRunner.start(sink, filter, group.settings().with(others), registry);
        runners.add(runner);
        return runner;
    }

    private void send(String... alertIds) throws Exception {
        for (String id : alertIds) {
            broker.send(alert(id));
        }
    }

    private double count(String counter) {
        return registry.get(counter).tag("sink", "recording").counter().count();
    }

    private double undeliveredAge() {
        return registry.get("weighbridge.sink.undelivered.age")
                .tag("sink", "recording")
                .gauge()
                .value();
    }

    private static InfringementAlert alert(String id) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId(id)
                .build();
    }

    private static String[] ids(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toArray(String[]::new);
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
