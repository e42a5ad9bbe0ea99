package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.KeptFiles;
import io.weighbridge.app.client.KeptFilesSettings;
import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Writes from HTTP over a real broker and the real alerting stage to what the API shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WritesEndToEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private Topics topics;
    private Settings settings;
    private KafkaProducer<String, byte[]> producer;
    private Roles roles;
    private WebStage stage;

    @BeforeAll
    void start() throws Exception {
        TestCluster.shared().createProductTopics(2);
        settings = TestCluster.shared()
                .settings()
                .with(Map.of(
                        "weighbridge.sink.log",
                        "false",
                        KeptFilesSettings.FOLDER,
                        folder.toString(),
                        KeptFilesSettings.MOST_BYTES,
                        "100"));
        topics = Topics.of(settings);
        Map<String, Object> config = new HashMap<>(settings.kafka());
        producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        roles = Roles.start(EnumSet.of(Role.ALERTING), settings, new SimpleMeterRegistry());
        stage = WebStage.connected(
                settings, KeptFiles.of(settings, Clock.systemUTC()).orElseThrow());
        assertThat(roles.awaitReady(PATIENCE)).isTrue();
    }

    @AfterAll
    void stop() {
        stage.close();
        roles.close();
        producer.close();
    }

    @Test
    void shouldDecideACaseAndShowItAsItIsThen() {
        String id = openCase();

        var decided = decide(id, "{\"state\":\"IN_REVIEW\",\"reason\":\"looks like ours\"}");
        var closed =
                decide(id, "{\"state\":\"CLOSED\",\"reason\":\"a test\",\"verdict\":\"TEST\",\"evidenceVersion\":1}");

        assertThat(decided.statusCode()).isEqualTo(200);
        assertThat(json(decided).path("state").asText()).isEqualTo("IN_REVIEW");
        assertThat(json(decided).path("decisions").path(0).path("actor").asText())
                .isEqualTo("demo");
        assertThat(decided.headers().firstValue("ETag"))
                .hasValue("\"" + json(decided).path("version").asInt() + "\"");
        assertThat(json(closed).path("verdict").asText()).isEqualTo("TEST");
        assertThat(json(closed).path("dismissal").path("id").asText()).isEqualTo("case/" + id);
        await().atMost(PATIENCE)
                .until(() -> stage.http.get("/api/v1/suppressions/case%2F" + id).statusCode() == 200);
        assertProblem(stage.http.send("DELETE", "/api/v1/suppressions/case%2F" + id), 409);
    }

    @Test
    void shouldRefuseDecisionsThatCannotBeTaken() {
        String id = openCase();
        String path = "/api/v1/alerts/" + id + "/decisions";
        String good = "{\"state\":\"IN_REVIEW\",\"reason\":\"why\"}";

        assertProblem(decide("none", good), 404);
        assertProblem(decide(id, "{\"state\":\"ACTIONED\",\"reason\":\"why\"}"), 409);
        assertProblem(
                decide(id, "{\"state\":\"CLOSED\",\"verdict\":\"TEST\",\"reason\":\"why\",\"evidenceVersion\":0}"),
                409);
        assertProblem(decide(id, "{\"state\":\"CLOSED\",\"reason\":\"why\"}"), 422);
        assertProblem(stage.http.send("POST", path, good, "If-Match", "\"99\""), 412);
        assertProblem(decide(id, "{\"state\":"), 400);
        assertProblem(decide(id, "[]"), 400);
        var wrong = decide(id, "{\"state\":\"DONE\",\"reason\":\" \",\"until\":\"soon\",\"because\":1}");
        assertProblem(wrong, 422);
        assertThat(json(wrong).path("errors").findValuesAsText("at"))
                .containsExactlyInAnyOrder("/state", "/reason", "/until", "/because");
        assertThat(json(stage.http.get("/api/v1/alerts/" + id))
                        .path("decisionCount")
                        .asInt())
                .isZero();
    }

    @Test
    void shouldDecideManyAndTellOfEach() {
        String a = openCase();
        String b = openCase();

        var answer = stage.http.send(
                "POST",
                "/api/v1/decisions",
                "{\"alertIds\":[\"" + a + "\",\"none\",\"" + b + "\"],\"state\":\"CONFIRMED\",\"reason\":\"both\"}");
        var results = json(answer).path("results");

        assertThat(results).hasSize(3);
        assertThat(results.path(0).path("status").asInt()).isEqualTo(200);
        assertThat(results.path(1).path("status").asInt()).isEqualTo(404);
        assertThat(results.path(2).path("version").asInt()).isPositive();
        assertThat(json(stage.http.get("/api/v1/alerts/" + b)).path("state").asText())
                .isEqualTo("CONFIRMED");
        assertProblem(
                stage.http.send("POST", "/api/v1/decisions", "{\"alertIds\":[],\"state\":\"NEW\",\"reason\":\"x\"}"),
                422);
    }

    @Test
    void shouldSuppressWhatIsThereAndLiftItAgain() {
        String id = openCase();
        String owner = json(stage.http.get("/api/v1/alerts/" + id))
                .path("latest")
                .path("upload")
                .path("owner")
                .asText();

        var made = stage.http.send(
                "POST",
                "/api/v1/suppressions",
                "{\"scope\":{\"owner\":\"" + owner + "\"},\"verdict\":\"TEST\",\"reason\":\"our own\"}");
        String location = made.headers().firstValue("Location").orElseThrow();

        assertThat(made.statusCode()).isEqualTo(201);
        await().atMost(PATIENCE)
                .until(() -> json(stage.http.get(location)).path("covered").asInt() == 1);
        assertThat(stage.http.send("DELETE", location).statusCode()).isEqualTo(204);
        assertProblem(stage.http.get(location), 404);
        await().atMost(PATIENCE)
                .until(() -> json(stage.http.get("/api/v1/alerts/" + id))
                        .path("state")
                        .asText()
                        .equals("NEW"));
        assertProblem(suppress("{\"scope\":{},\"reason\":\"all\"}"), 422);
        assertProblem(suppress("{\"reason\":\"all\"}"), 422);
        assertProblem(
                suppress("{\"scope\":{\"hub\":\"x\"},\"reason\":\"y\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}"), 422);
        assertProblem(suppress("{\"scope\":{\"hubs\":\"x\",\"hub\":\"y\"},\"reason\":\"y\"}"), 422);
    }

    @Test
    void shouldProtectSetThePolicyAndWithdraw() {
        String id = "net-" + UUID.randomUUID();
        String path = "/api/v1/protected/" + id;

        var published = stage.http.send(
                "POST",
                "/api/v1/protected",
                "{\"id\":\"" + id
                        + "\",\"owner\":\"acme\",\"url\":\"https://example.org/net.onnx\",\"mode\":\"SHADOW\"}");
        assertThat(published.statusCode()).isEqualTo(202);
        assertThat(published.headers().firstValue("Location")).hasValue(path);
        await().atMost(PATIENCE).until(() -> stage.http.get(path).statusCode() == 200);
        var known = stage.http.get(path);
        assertThat(json(known).path("mode").asText()).isEqualTo("SHADOW");

        String policy = "{\"mode\":\"LIVE\",\"authorisedOwners\":[\"Friends\",\"friends\"],\"reason\":\"looked\"}";
        var set = stage.http.send(
                "PUT",
                path + "/policy",
                policy,
                "If-Match",
                known.headers().firstValue("ETag").orElseThrow());
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(json(set).path("policy").path("authorisedOwners").toString()).isEqualTo("[\"friends\"]");
        assertProblem(
                stage.http.send(
                        "PUT",
                        path + "/policy",
                        policy,
                        "If-Match",
                        known.headers().firstValue("ETag").orElseThrow()),
                412);
        assertProblem(
                stage.http.send(
                        "PUT",
                        path + "/policy",
                        "{\"mode\":\"LIVE\",\"disabledUntil\":\"2020-01-01T00:00:00Z\",\"reason\":\"x\"}"),
                422);

        assertThat(stage.http.send("DELETE", path).statusCode()).isEqualTo(204);
        assertProblem(stage.http.get(path), 404);
        assertProblem(stage.http.send("DELETE", path), 404);
    }

    @Test
    void shouldRefuseToProtectWhatIsNoAddress() {
        assertProblem(protect("{\"id\":\"x\",\"owner\":\"a\",\"url\":\"/etc/passwd\"}"), 422);
        assertProblem(protect("{\"id\":\"x\",\"owner\":\"a\"}"), 422);
        assertProblem(protect("{\"id\":\"x\",\"owner\":\"a\",\"url\":\"https://h/f\",\"sha256\":\"ABC\"}"), 422);
    }

    @Test
    void shouldKeepAFileThatIsSentToBeProtected() {
        String id = "sent-" + UUID.randomUUID();

        var published = send(form("id", id, "owner", "acme", "mode", "SHADOW", "file", "weights"));

        assertThat(published.statusCode()).as(published.body()).isEqualTo(202);
        String sha256 = json(published).path("sha256").asText();
        assertThat(folder.resolve(sha256)).hasContent("weights");
        var model =
                Cluster.of(settings).reader().latest(topics.protectedModels()).get(id);
        assertThat(model.getFile().getPath()).isEqualTo("net.bin");
        assertThat(model.getFile().getUrl()).startsWith("file:").endsWith(sha256);
        assertProblem(send(form("id", id, "owner", "acme")), 422);
        assertProblem(send(form("id", id, "owner", "acme", "kind", "x", "file", "weights")), 422);
        assertProblem(send(form("id", id, "owner", "acme", "file", "w".repeat(101))), 413);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldPublishAScan() {
        var answer = stage.http.send(
                "POST",
                "/api/v1/scans",
                "{\"url\":\"https://example.org/w.onnx\",\"repo\":\"mallory/net\",\"license\":\"mit\"}");
        String location = answer.headers().firstValue("Location").orElseThrow();

        assertThat(answer.statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> stage.http.get(location).statusCode() == 200);
        JsonNode upload = json(stage.http.get(location));
        assertThat(upload.path("owner").asText()).isEqualTo("mallory");
        assertThat(upload.path("revision").asText()).isEqualTo("main");
        assertThat(upload.path("license").asText()).isEqualTo("mit");
        assertProblem(stage.http.send("POST", "/api/v1/scans", "{\"repo\":\"net\",\"url\":\"https://h/f\"}"), 422);
        assertProblem(stage.http.send("POST", "/api/v1/scans", "{\"repo\":\"a/net\"}"), 422);
    }

    @Test
    void shouldWriteADeadLettersRecordAgain() {
        // A decision that no case has: the alerting stage gives up on it.
        String id = "orphan-" + UUID.randomUUID();
        var decision = CaseDecision.newBuilder(TestRecords.caseDecision())
                .setAlertId(id)
                .build();
        publish(topics.caseDecisions(), id, decision);
        await().atMost(PATIENCE).until(() -> letterOf(id) != null);
        String letter = letterOf(id).path("id").asText();

        var answer = stage.http.send("POST", "/api/v1/dead-letters/" + letter + "/redrive");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> Cluster.of(settings).reader().readAll(topics.caseDecisions()).stream()
                                .filter(entry -> id.equals(entry.key()))
                                .filter(entry -> decision.equals(entry.value()))
                                .count()
                        == 2);
        var again = stage.http.send("POST", "/api/v1/dead-letters/" + letter + "/redrive");
        assertProblem(again, 409);
        assertThat(again.body()).contains("it was written to case-decisions.v1 again at ");
        await().atMost(PATIENCE)
                .until(() -> !json(stage.http.get("/api/v1/dead-letters/" + letter))
                        .path("redrivenAt")
                        .isNull());
        assertProblem(stage.http.send("POST", "/api/v1/dead-letters/none/redrive"), 404);
    }

    @Test
    void shouldTellHowFarGroupsAreBehind() {
        openCase();

        var operations = json(stage.http.get("/api/v1/operations"));

        assertThat(operations.path("problem").isNull()).isTrue();
        JsonNode alerting = operations.path("roles").path(2);
        assertThat(alerting.path("groupState").asText()).isEqualTo("Stable");
        assertThat(alerting.path("members").asInt()).isPositive();
        assertThat(operations.path("lag").findValuesAsText("topic"))
                .contains(topics.infringementAlerts().name());
        assertThat(operations.path("totals").properties()).isNotEmpty();
    }

    private HttpResponse<String> decide(String id, String body) {
        return stage.http.send("POST", "/api/v1/alerts/" + id + "/decisions", body);
    }

    private HttpResponse<String> suppress(String body) {
        return stage.http.send("POST", "/api/v1/suppressions", body);
    }

    private HttpResponse<String> protect(String body) {
        return stage.http.send("POST", "/api/v1/protected", body);
    }

    private HttpResponse<String> send(String form) {
        return stage.http.send(
                "POST", "/api/v1/protected", form.getBytes(StandardCharsets.UTF_8), "multipart/form-data; boundary=XX");
    }

    private static String form(String... fields) {
        var form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            boolean isFile = fields[i].equals("file");
            form.append("--XX\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append('"');
            form.append(isFile ? "; filename=\"../net.bin\"\r\nContent-Type: application/octet-stream" : "");
            form.append("\r\n\r\n").append(fields[i + 1]).append("\r\n");
        }
        return form.append("--XX--\r\n").toString();
    }

    private JsonNode letterOf(String alertId) {
        for (JsonNode letter :
                json(stage.http.get("/api/v1/dead-letters?limit=500")).path("deadLetters")) {
            if (letter.path("key").asText().equals(alertId)) {
                return letter;
            }
        }
        return null;
    }

    /** Opens a case of an owner of its own, and waits until the API shows it. */
    private String openCase() {
        String id = UUID.randomUUID().toString();
        var upload = UploadEvent.newBuilder(FeedRecords.upload(1))
                .setId("upload-of-" + id)
                .setOwner("owner-of-" + id)
                .setUploadedAt(now)
                .build();
        var template = FeedRecords.alert(1, "protected-" + id, 12, 1e-20);
        var alert = InfringementAlert.newBuilder(template)
                .setAlertId(id)
                .setMatchedAt(now)
                .setUpload(UploadRef.newBuilder(template.getUpload())
                        .setId(upload.getId())
                        .setOwner(upload.getOwner())
                        .setUploadedAt(now)
                        .build())
                .build();
        publish(topics.infringementAlerts(), id, alert);
        await().atMost(PATIENCE)
                .until(() -> stage.http.get("/api/v1/alerts/" + id).statusCode() == 200);
        return id;
    }

    private <V> void publish(Topic<String, V> topic, String key, V value) {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        producer.send(new ProducerRecord<>(topic.name(), null, now.toEpochMilli(), key, bytes));
        producer.flush();
    }
}
