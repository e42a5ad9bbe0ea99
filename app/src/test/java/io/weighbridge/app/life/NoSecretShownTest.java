package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpServer;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.cli.settings.SettingsCatalogue;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.TokenFile;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.TreeMap;
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

    /** Part of every secret here, and of nothing else. */
    private static final String MARK = "S3cr3t";

    private static final String NOBODY = "http://127.0.0.1:1/";

    /** Kafka's own and the registry's; the connection here is in clear, so that they are carried, but not used. */
    private static final List<String> KAFKAS =
            List.of("sasl.jaas.config", "ssl.key.password", "ssl.keystore.password", "basic.auth.user.info");

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final StringBuilder shown = new StringBuilder();

    @Test
    void shouldShowNoSecretWhateverFails() throws Exception {
        TestCluster.shared().createProductTopics(2);
        var host = refusingHost();
        try (var log = new LogCapture(Map.of(
                "ROOT",
                Level.INFO,
                "io.weighbridge",
                Level.TRACE,
                "org.apache.kafka",
                Level.INFO,
                "kafka",
                Level.INFO))) {
            var settings = settings(host.getAddress().getPort());
            try (var roles = RoleProcess.start(EnumSet.allOf(Role.class), settings, Listen.loopback(0));
                    var page = PageProcess.start(settings, Listen.loopback(0), Listen.loopback(0))) {
                await().atMost(PATIENCE).until(roles::ready);
                var cluster = Cluster.of(settings);
                publishAlert(cluster, settings);
                uploadWhatCannotBeFetched(cluster, host.getAddress().getPort());
                askThePage(page.port());
                show("metrics", get("http://127.0.0.1:" + roles.managementPort() + "/metrics"));
                showDeadLetters(cluster);
            }
            runCommands(settings);
            show("log", log.text());
            for (String told : List.of("DeadLetterWriter", "Retries", "RoleService", "StreamsConfig values")) {
                assertThat(log.text().contains(told)).as(told).isTrue();
            }
        } finally {
            host.stop(0);
        }
        assertThat(shown.toString().lines().filter(line -> line.contains(MARK))).isEmpty();
    }

    /** Every setting that is a secret has one of its own, told by its name. */
    private Settings settings(int port) throws IOException {
        var values = new TreeMap<String, String>();
        SettingsCatalogue.all().stream()
                .filter(Setting::isSecret)
                .map(Setting::name)
                .forEach(name -> values.put(name.replace("HOST", "127.0.0.1:" + port), secret(name)));
        KAFKAS.forEach(name -> values.put(name, secret(name)));
        values.put("sasl.jaas.config", "a.Login required password=\"" + secret("sasl.jaas.config") + "\";");
        values.put("basic.auth.user.info", "ada:" + secret("basic.auth.user.info"));
        values.put(
                "weighbridge.sink.webhook.url", NOBODY + secret("webhook.path") + "?token=" + secret("webhook.query"));
        values.put("weighbridge.sink.slack.url", NOBODY + "services/" + secret("slack.url"));
        values.put("weighbridge.sink.alertmanager.url", NOBODY);
        // A token and a password exclude one another.
        values.remove("weighbridge.sink.alertmanager.token");
        values.put("weighbridge.sink.alertmanager.user", "ada");
        values.put("weighbridge.sink.email.host", "127.0.0.1");
        values.put("weighbridge.sink.email.port", "1");
        values.put("weighbridge.sink.email.user", "ada");
        values.put("weighbridge.sink.email.from", "a@example.org");
        values.put("weighbridge.sink.email.to", "b@example.org");
        for (String kind : List.of("webhook", "slack", "alertmanager", "email")) {
            values.put("weighbridge.sink." + kind + ".attempts", "2");
            values.put("weighbridge.sink." + kind + ".first.pause", "PT0.01S");
        }
        values.put("weighbridge.fetch.allow.private.addresses", "true");
        values.put("weighbridge.fetch.attempts", "2");
        values.put("weighbridge.fetch.backoff", "PT0.01S");
        values.put("weighbridge.fetch.file.roots", folder.toString());
        values.put("weighbridge.fetch.s3.endpoint", "http://127.0.0.1:" + port);
        values.put("weighbridge.fetch.s3.signed.buckets", "models");
        values.put(
                "weighbridge.hash.site.key.file",
                write("site.key", secret("site.key.of.all")).toString());
        values.put("weighbridge.api.files.dir", folder.resolve("files").toString());
        values.put("weighbridge.api.tokens.file", folder.resolve("tokens.json").toString());
        new TokenFile(folder.resolve("tokens.json")).create("ada", ApiRole.ADMIN, Instant.EPOCH, Optional.empty());
        return TestCluster.shared().settings().with(values);
    }

    private static String secret(String name) {
        return MARK + "-" + name.replace('.', '-');
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Refuses all, and leads elsewhere with a secret in the address. */
    private static HttpServer refusingHost() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean leads = exchange.getRequestURI().getPath().startsWith("/away");
            if (leads) {
                exchange.getResponseHeaders()
                        .set("Location", "http://ada:" + secret("redirect") + "@127.0.0.1/x?sig=" + secret("redirect"));
            }
            exchange.sendResponseHeaders(leads ? 302 : 403, -1);
            exchange.close();
        });
        server.start();
        return server;
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

    private void uploadWhatCannotBeFetched(Cluster cluster, int port) throws Exception {
        String host = "127.0.0.1:" + port;
        String query = "?X-Amz-Signature=" + secret("signature") + "&sig=" + secret("sas");
        var addresses = List.of(
                "http://" + host + "/denied" + query,
                "http://" + host + "/away" + query,
                "http://ada:" + secret("user-info") + "@" + host + "/f",
                "http://" + host + "/not an address" + query,
                NOBODY + "f" + query,
                "hf://owner/name/file" + query,
                "s3://models/key",
                "s3://models/key" + query,
                "file:///no/such" + query,
                "file://ada:" + secret("user-info") + "@host/no/such" + query,
                "ftp://ada:" + secret("user-info") + "@host/f" + query);
        var files = addresses.stream()
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
        String[] bearer = {"Authorization", "Bearer " + secret("wrong.token")};
        show("wrong token", get(root + "api/v1/alerts", bearer));
        show("wrong cookie", get(root + "api/v1/alerts", "Cookie", "weighbridge-session=" + secret("cookie")));
        show("stack", get(root + "api/v1/stack", bearer));
        show("link", get(root + "api/v1/files/" + "0".repeat(64) + "?expires=1&signature=" + secret("link")));
        show("login", post(root + "api/v1/session", "{\"token\":\"" + secret("login") + "\"}"));
        show("no json", post(root + "api/v1/session", "{\"token\":\"" + secret("login")));
        show("webhook", post(root + "webhooks/huggingface", "{}", "X-Webhook-Secret", secret("wrong.webhook")));
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

    private void runCommands(Settings settings) throws IOException {
        var good = new Properties();
        settings.names("").forEach(name -> good.setProperty(name, settings.text(name, "")));
        good.setProperty("weighbridge.api.url", "http://ada:" + secret("api.url") + "@127.0.0.1:1");
        run(good, "settings");
        run(good, "lookup", "pri@3:00");
        run(good, "index", "status", "--verbose");
        var bad = new Properties();
        bad.putAll(good);
        for (String name : List.of("weighbridge.sink.webhook.url", "weighbridge.sink.slack.url")) {
            bad.setProperty(name, "no address " + secret(name));
        }
        bad.setProperty("weighbridge.sink.alertmanager.token", "in two words " + secret("alertmanager.token"));
        bad.setProperty("weighbridge.webhooks.huggingface.secret", MARK);
        bad.setProperty("weighbridge.fetch.token.example.org", "in two words " + secret("fetch.token"));
        bad.setProperty("weighbridge.fetch.hf.endpoint", "http://ada:" + secret("hf.endpoint") + "@host");
        bad.setProperty("weighbridge.sink.link.base", "http://ada:" + secret("link.base") + "@host");
        bad.setProperty("weighbridge.tokn", secret("unknown"));
        bad.setProperty("sasl.jass.config", secret("unknown"));
        run(bad, "settings");
        run(bad, "run", "hasher", "--verbose");
        bad.setProperty("schema.registry.url", "nowhere://ada:" + secret("registry.url") + "@host");
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
