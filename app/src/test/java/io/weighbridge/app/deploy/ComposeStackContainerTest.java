package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * All of {@code docker/compose.yaml}, in containers: the image is built, a copy is found, and Prometheus and Grafana show it. Skipped, and said to be,
 * where there is no Docker; needs its {@code compose} command, and the ports that the file publishes.
 */
@Testcontainers(disabledWithoutDocker = true)
class ComposeStackContainerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration TO_BUILD = Duration.ofMinutes(20);
    private static final String IN_CONTAINERS = "file:///models/";

    private static final Path MODELS = models();

    @Container
    private static final ComposeContainer STACK = new ComposeContainer(
                    DeployFiles.DOCKER.resolve("compose.yaml").toFile())
            .withBuild(true)
            .withEnv("MODELS_DIR", MODELS.toAbsolutePath().toString())
            .withStartupTimeout(TO_BUILD);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldFindACopyAndShowIt() throws Exception {
        eventually(() -> query("sum(weighbridge_role_ready)") == 3);
        eventually(() -> query("sum(up{job=~\"weighbridge.*\"})") == 4);
        assertThat(query("sum(weighbridge_role_live)")).isEqualTo(3);

        var cluster = Cluster.connect(new Settings(
                Map.of("bootstrap.servers", "localhost:9092", "schema.registry.url", "http://localhost:8081")));
        protect(cluster);
        upload(cluster);

        eventually(() -> cases().toString().contains("mallory/copy"));
        eventually(() -> query("sum(weighbridge_alerts_emitted_total)") >= 1);
        assertRulesAndPanelsWork();
        assertRunsWithoutRights();
    }

    /** Whoever is asked may still be starting. */
    private static void eventually(Callable<Boolean> holds) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsMatching(any -> true)
                .until(holds);
    }

    private void protect(Cluster cluster) throws Exception {
        var model = ProtectedModel.newBuilder()
                .setId("lenet")
                .setName("lenet")
                .setOwner("acme")
                .setFile(file("lenet-original.zip"))
                .setProtectedAt(now())
                .build();
        try (var tracker = new ProtectionTracker(cluster);
                var publisher = cluster.publisher()) {
            publisher.protect(model);
            assertThat(tracker.await(model, PATIENCE))
                    .map(ScanOutcome::getOutcome)
                    .contains(Outcome.HASHED);
        }
    }

    private static void upload(Cluster cluster) throws IOException {
        try (var publisher = cluster.publisher()) {
            publisher.upload(UploadEvent.newBuilder()
                    .setId(Publisher.newId())
                    .setHub("test")
                    .setRepo("mallory/copy")
                    .setRevision("main")
                    .setOwner("mallory")
                    .setFiles(List.of(file("lenet-pruned-70-retrained.zip")))
                    .setUploadedAt(now())
                    .build());
        }
    }

    private JsonNode cases() throws Exception {
        String token = exec("cat", "/data/admin.token").strip();
        return get("http://localhost:8470/api/v1/alerts", "Authorization", "Bearer " + token);
    }

    private void assertRulesAndPanelsWork() throws Exception {
        var rules = new ArrayList<String>();
        for (JsonNode group : get("http://localhost:9090/api/v1/rules").at("/data/groups")) {
            for (JsonNode rule : group.path("rules")) {
                assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
                rules.add(rule.path("name").asText());
            }
        }
        assertThat(rules).containsAll(DeployFiles.alerts().keySet());
        assertThat(get("http://localhost:3000/api/dashboards/uid/weighbridge")
                        .at("/dashboard/title")
                        .asText())
                .isEqualTo("Weighbridge");
        assertThat(get("http://localhost:3000/api/datasources/proxy/uid/weighbridge-prometheus/api/v1/query?query=up")
                        .path("status")
                        .asText())
                .isEqualTo("success");
    }

    private static void assertRunsWithoutRights() throws Exception {
        assertThat(exec("id", "-u").strip()).isEqualTo("10001");
        assertThat(exec("sh", "-c", "touch /opt/weighbridge/x 2>&1 || true")).contains("Read-only file system");
        assertThat(exec("sh", "-c", "command -v javac mvn || echo none").strip())
                .isEqualTo("none");
    }

    private static String exec(String... command) throws Exception {
        return STACK.getContainerByServiceName("app")
                .orElseThrow()
                .execInContainer(command)
                .getStdout();
    }

    /** A number that Prometheus gives; NaN if there is none yet. */
    private double query(String expression) throws Exception {
        String text = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonNode value = get("http://localhost:9090/api/v1/query?query=" + text).at("/data/result/0/value/1");
        return value.isMissingNode() ? Double.NaN : Double.parseDouble(value.asText());
    }

    private JsonNode get(String url, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(url + ": " + response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    /** A file as the hasher's container sees it. */
    private static ModelFile file(String name) throws IOException {
        return ModelFile.newBuilder(FileAddress.local(MODELS.resolve(name)))
                .setUrl(IN_CONTAINERS + name)
                .build();
    }

    /** The user in the container is another than the one who runs this. */
    private static Path models() {
        try {
            var folder = Files.createTempDirectory(Path.of("target"), "models-");
            DemoSet.load().extractTo(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
