package io.weighbridge.app.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.alerting.sink.AlertFilter;
import io.weighbridge.alerting.sink.AlertSinks;
import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All sinks at once, fed by a real broker: stopped while their receivers are away, and started again. */
@Timeout(180)
class EverySinkTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final List<String> SINKS = List.of("webhook", "slack", "alertmanager", "ocsf", "email");

    @TempDir
    private Path folder;

    private final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
    private AlertBroker broker;
    private HttpServer receiver;
    private volatile boolean isAway;

    @BeforeEach
    void start() throws Exception {
        broker = AlertBroker.start(folder.resolve("broker"));
        mail.start();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            if (!isAway) {
                count(exchange.getRequestURI().getPath()).incrementAndGet();
            }
            exchange.sendResponseHeaders(isAway ? 503 : 200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() throws IOException {
        receiver.stop(0);
        mail.stop();
        broker.close();
    }

    @Test
    void shouldDeliverEachAlertOnceWhateverIsStoppedAndStarted() throws Exception {
        String prefix = "test-every";
        var groups = new HashMap<String, AlertGroup>();
        for (String sink : SINKS) {
            groups.put(sink, broker.groupOf(prefix, sink));
        }
        Settings settings =
                groups.get("webhook").settings().with(sinks(mail.getSmtp().getPort()));

        try (var sinks = start(settings)) {
            broker.send(alert("one"));
            awaitAll(groups);
            assertThat(sinks.names()).containsExactlyElementsOf(SINKS);
        }
        isAway = true;
        mail.stop();
        try (var sinks = start(settings)) {
            broker.send(alert("two"));
            await().atMost(LONG).until(() -> groups.get("ocsf").lag() == 0);
            assertThat(sinks.failure()).isEmpty();
        }
        assertThat(groups.get("slack").lag()).as("its receiver was away").isEqualTo(1);
        assertThat(groups.get("email").lag()).as("its server was away").isEqualTo(1);
        isAway = false;
        mail.start();
        try (var sinks = start(settings.with(sinks(mail.getSmtp().getPort())))) {
            awaitAll(groups);
            assertThat(sinks.failure()).isEmpty();
        }

        assertThat(posts.keySet()).containsExactlyInAnyOrder("/webhook", "/slack", "/am/api/v2/alerts");
        assertThat(posts.values()).allSatisfy(count -> assertThat(count).hasValue(2));
        assertThat(Files.readAllLines(folder.resolve("alerts.jsonl"))).hasSize(2);
        assertThat(mail.getReceivedMessages()).isNotEmpty();
        assertThat(broker.deadLettersOf(groups.get("email"))).isEmpty();
    }

    private Map<String, String> sinks(int mailPort) {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort();
        var settings = new HashMap<>(Map.of(
                "weighbridge.sink.log",
                "false",
                "weighbridge.sink.webhook.url",
                url + "/webhook",
                "weighbridge.sink.webhook.secret",
                "s3cret",
                "weighbridge.sink.slack.url",
                url + "/slack",
                "weighbridge.sink.alertmanager.url",
                url + "/am",
                "weighbridge.sink.ocsf.file",
                folder.resolve("alerts.jsonl").toString(),
                "weighbridge.sink.email.host",
                "localhost",
                "weighbridge.sink.email.port",
                Integer.toString(mailPort),
                "weighbridge.sink.email.security",
                "none"));
        settings.put("weighbridge.sink.email.from", "weighbridge@example.org");
        settings.put("weighbridge.sink.email.to", "ann@example.org");
        return settings;
    }

    private AtomicInteger count(String path) {
        return posts.computeIfAbsent(path, any -> new AtomicInteger());
    }

    private static AlertSinks start(Settings settings) {
        return AlertSinks.start(SinkSettings.from(settings), AlertFilter.NONE, new SimpleMeterRegistry());
    }

    private static void awaitAll(Map<String, AlertGroup> groups) {
        groups.values().forEach(group -> await().atMost(LONG).until(() -> group.lag() == 0));
    }

    private static InfringementAlert alert(String id) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId(id)
                .build();
    }
}
