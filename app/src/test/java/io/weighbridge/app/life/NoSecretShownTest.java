package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.http.Listen;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every secret is another text, all fails that can, everything is logged: none of the texts is to be seen anywhere. */
class NoSecretShownTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final StringBuilder shown = new StringBuilder();

    @Test
    void shouldShowNoSecretWhateverFails() throws Exception {
        TestCluster.shared().createProductTopics(2);
        try (var scene = SecretScene.open(folder);
                var log = new LogCapture(Map.of(
                        "ROOT",
                        Level.INFO,
                        "io.weighbridge",
                        Level.TRACE,
                        "org.apache.kafka",
                        Level.INFO,
                        "kafka",
                        Level.INFO))) {
            var settings = scene.settings();
            try (var roles = RoleProcess.start(EnumSet.allOf(Role.class), settings, Listen.loopback(0));
                    var page = PageProcess.start(settings, Listen.loopback(0), Listen.loopback(0))) {
                await().atMost(PATIENCE).until(roles::ready);
                var cluster = Cluster.of(settings);
                publishAlert(cluster, settings);
                uploadWhatCannotBeFetched(cluster, scene);
                askThePage(page.port());
                show("metrics", get("http://127.0.0.1:" + roles.managementPort() + "/metrics"));
                showDeadLetters(cluster);
            }
            runCommands(scene);
            show("log", log.text());
            for (String told : List.of("DeadLetterWriter", "Retries", "RoleService", "StreamsConfig values")) {
                assertThat(log.text().contains(told)).as(told).isTrue();
            }
        }
        assertThat(shown.toString().lines().filter(line -> line.contains(SecretScene.MARK)))
                .isEmpty();
    }

    private void publishAlert(Cluster cluster, Settings settings) throws Exception {
        Topic<String, ?> uploads = cluster.topics().modelUploads();
        try (var producer = new KafkaProducer<>(
                new HashMap<>(settings.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            var alerts = cluster.topics().infringementAlerts();
            var alert = InfringementAlert.newBuilder(FeedRecords.alert(1, "protected-" + id, 12, 1e-20))
                    .setAlertId(id)
                    .setMatchedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                    .build();
            producer.send(new ProducerRecord<>(
                            alerts.name(), id, alerts.value().serializer().serialize(alerts.name(), alert)))
                    .get();
            producer.send(new ProducerRecord<>(uploads.name(), id, new byte[] {0, 0, 0, 0, 1, 2}))
                    .get();
        }
    }

    private void uploadWhatCannotBeFetched(Cluster cluster, SecretScene scene) throws Exception {
        var files = scene.addresses().stream()
                .map(url -> ModelFile.newBuilder().setPath("f").setUrl(url).build())
                .toList();
        var event = UploadEvent.newBuilder(FeedRecords.upload(1))
                .setId(id)
                .setRepo("owner-" + id + "/name")
                .setFiles(files)
                .setUploadedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
        try (var publisher = cluster.publisher()) {
            publisher.upload(event);
        }
        await().atMost(PATIENCE).until(() -> outcomeOfUpload(cluster).isPresent());
        String outcome = outcomeOfUpload(cluster).orElseThrow();
        show("outcome", outcome);
        assertThat(outcome).contains("403", "user names and passwords");
    }

    /** The reasons alone: the addresses are the uploader's own. */
    private Optional<String> outcomeOfUpload(Cluster cluster) {
        return cluster.reader().readAll(cluster.topics().scanOutcomes()).stream()
                .map(entry -> entry.value())
                .filter(scan ->
                        scan.getUpload() != null && scan.getUpload().getId().equals(id))
                .map(scan -> scan.getReason()
                        + scan.getFiles().stream()
                                .map(file -> "\n" + file.getOutcome() + " " + file.getReason())
                                .collect(Collectors.joining()))
                .findFirst();
    }

    private void askThePage(int port) throws Exception {
        String root = "http://127.0.0.1:" + port + "/";
        String[] bearer = {"Authorization", "Bearer " + SecretScene.secret("wrong.token")};
        show("wrong token", get(root + "api/v1/alerts", bearer));
        show(
                "wrong cookie",
                get(root + "api/v1/alerts", "Cookie", "weighbridge-session=" + SecretScene.secret("cookie")));
        show("stack", get(root + "api/v1/stack", bearer));
        show(
                "link",
                get(root + "api/v1/files/" + "0".repeat(64) + "?expires=1&signature=" + SecretScene.secret("link")));
        show("login", post(root + "api/v1/session", "{\"token\":\"" + SecretScene.secret("login") + "\"}"));
        show("no json", post(root + "api/v1/session", "{\"token\":\"" + SecretScene.secret("login")));
        show(
                "webhook",
                post(root + "webhooks/huggingface", "{}", "X-Webhook-Secret", SecretScene.secret("wrong.webhook")));
    }

    private void showDeadLetters(Cluster cluster) {
        await().atMost(PATIENCE).until(() -> deadLetters(cluster).size() >= 5);
        show("dead letters", String.join("\n", deadLetters(cluster)));
    }

    private List<String> deadLetters(Cluster cluster) {
        return cluster.reader().readAll(cluster.topics().deadLetters()).stream()
                .filter(entry -> !entry.isTombstone())
                .map(entry -> entry.value().getStage() + " " + entry.value().getTopic() + ": "
                        + entry.value().getCause())
                .toList();
    }

    private void runCommands(SecretScene scene) throws IOException {
        var good = scene.goodFile();
        run(good, "settings");
        run(good, "lookup", "pri@3:00");
        run(good, "index", "status", "--verbose");
        var bad = scene.badFile();
        run(bad, "settings");
        run(bad, "run", "hasher", "--verbose");
        bad.setProperty("schema.registry.url", "nowhere://ada:" + SecretScene.secret("registry.url") + "@host");
        run(bad, "settings");
    }

    private void run(Properties settings, String... command) throws IOException {
        Path file = folder.resolve("wb.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        var out = new StringWriter();
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", file.toString()));
        int exit = Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        show(String.join(" ", command) + " (" + exit + ")", out.toString());
        assertThat(out.toString()).isNotEmpty();
    }

    private void show(String what, String text) {
        text.lines()
                .forEach(line -> shown.append(what).append(": ").append(line).append('\n'));
    }

    private static String get(String address, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(address)), headers);
    }

    private static String post(String address, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(request, headers);
    }

    private static String send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
