package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.embedded.RegistryHttp.Answer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers and codes as Confluent's documentation of its REST API states them. */
class SchemaRegistryTest {

    private static final String ONE_FIELD = schema("{\"name\":\"a\",\"type\":\"int\"}");
    private static final String OPTIONAL_FIELD =
            schema("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final String REQUIRED_FIELD =
            schema("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}");

    private final RegistryHttp registry = new RegistryHttp(TestCluster.shared().registryUrl());
    private final String subject = "test-" + UUID.randomUUID() + "-value";
    private final String versions = "/subjects/" + subject + "/versions";

    @Test
    void shouldGiveVersionsInOrderAndOneIdPerSchema() {
        int first = register(ONE_FIELD);
        assertThat(register(ONE_FIELD)).isEqualTo(first);
        int second = register(OPTIONAL_FIELD);
        assertThat(second).isGreaterThan(first);
        assertThat(registry.get(versions).body().toString()).isEqualTo("[1,2]");
        assertThat(registry.postSchema("/subjects/other-" + subject + "/versions", ONE_FIELD)
                        .body()
                        .path("id")
                        .asInt())
                .isEqualTo(first);
        assertThat(registry.get("/schemas/ids/" + first + "/subjects").body().toString())
                .contains("\"" + subject + "\"", "\"other-" + subject + "\"");
        assertThat(registry.get("/schemas/ids/" + second + "/versions").body().toString())
                .contains("\"subject\":\"" + subject + "\"", "\"version\":2");
        assertThat(registry.get("/subjects").body().toString()).contains(subject);
    }

    @Test
    void shouldFindSchemasByIdVersionAndText() {
        int id = register(ONE_FIELD);
        Answer byId = registry.get("/schemas/ids/" + id);
        assertThat(byId.contentType()).isEqualTo("application/vnd.schemaregistry.v1+json");
        assertThat(byId.body().path("schema").asText()).isEqualTo(ONE_FIELD);
        assertThat(registry.get("/schemas/ids/" + id + "/schema")
                        .body()
                        .path("name")
                        .asText())
                .isEqualTo("Thing");
        Answer latest = registry.get(versions + "/latest");
        assertThat(latest.body()).isEqualTo(registry.get(versions + "/1").body());
        assertThat(latest.body()).isEqualTo(registry.get(versions + "/-1").body());
        assertThat(latest.body())
                .isEqualTo(
                        registry.postSchema("/subjects/" + subject, ONE_FIELD).body());
        assertThat(latest.body().path("subject").asText()).isEqualTo(subject);
        assertThat(latest.body().path("id").asInt()).isEqualTo(id);
        assertThat(registry.get(versions + "/1/schema").body().path("name").asText())
                .isEqualTo("Thing");
    }

    @Test
    void shouldIgnoreLayoutButNotMeaningOfASchema() {
        int id = register(ONE_FIELD);
        assertThat(register(" " + ONE_FIELD.replace(",", " ,\n"))).isEqualTo(id);
        assertThat(register(ONE_FIELD.replace("\"fields\"", "\"doc\":\"new\",\"fields\"")))
                .isNotEqualTo(id);
    }

    @Test
    void shouldAnswerWithConfluentsCodes() {
        assertCode(registry.get(versions), 404, 40401);
        assertCode(registry.get(versions + "/1"), 404, 40401);
        assertCode(registry.postSchema("/subjects/" + subject, ONE_FIELD), 404, 40401);
        assertCode(registry.delete("/subjects/" + subject), 404, 40401);
        register(ONE_FIELD);
        assertCode(registry.get(versions + "/2"), 404, 40402);
        assertCode(registry.get(versions + "/zero"), 422, 42202);
        assertCode(registry.get(versions + "/0"), 422, 42202);
        assertCode(registry.postSchema("/subjects/" + subject, OPTIONAL_FIELD), 404, 40403);
        assertCode(registry.get("/schemas/ids/999999"), 404, 40403);
        assertCode(registry.get("/schemas/ids/one"), 404, 404);
        assertCode(registry.get("/nowhere"), 404, 404);
        assertCode(registry.delete("/subjects"), 405, 405);
        assertCode(registry.get("/config/" + subject), 404, 40408);
        assertCode(registry.get("/mode/" + subject), 404, 40409);
    }

    @Test
    void shouldRefuseWhatIsNoAvroSchema() {
        assertCode(registry.postSchema(versions, "not a schema"), 422, 42201);
        assertCode(registry.postSchema(versions, "{\"type\":\"record\"}"), 422, 42201);
        assertCode(registry.post(versions, "{}"), 422, 42201);
        assertCode(registry.post(versions, "{\"schema\":\"message A {}\",\"schemaType\":\"PROTOBUF\"}"), 422, 42201);
        assertCode(
                registry.post(versions, "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"x\"}]}"), 422, 42201);
        assertCode(registry.post(versions, "{\"schema\":"), 400, 400);
        assertCode(registry.post(versions, "[1]"), 400, 400);
        assertCode(registry.post(versions, "[".repeat(100_000)), 400, 400);
        assertCode(registry.postSchema(versions, "{\"type\":\"array\",\"items\":".repeat(20_000)), 422, 42201);
        assertCode(registry.get(versions), 404, 40401);
    }

    @Test
    void shouldRefuseARequestThatIsTooLarge() {
        assertCode(registry.post(versions, " ".repeat((1 << 20) + 1)), 413, 413);
    }

    @Test
    void shouldNotServeWebPages() {
        var request = HttpRequest.newBuilder(URI.create(TestCluster.shared().registryUrl() + "/subjects"))
                .header("Origin", "https://example.org");
        assertCode(registry.send(request), 403, 403);
    }

    @Test
    void shouldHoldNewVersionsToTheLevel() {
        register(ONE_FIELD);
        assertCode(registry.postSchema(versions, REQUIRED_FIELD), 409, 409);
        assertThat(registry.postSchema(versions, REQUIRED_FIELD)
                        .body()
                        .path("message")
                        .asText())
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE at /fields/1");
        Answer verdict = registry.postSchema("/compatibility" + versions + "/latest?verbose=true", REQUIRED_FIELD);
        assertThat(verdict.body().path("is_compatible").asBoolean(true)).isFalse();
        assertThat(verdict.body().path("messages")).isNotEmpty();
        assertThat(registry.postSchema("/compatibility" + versions, OPTIONAL_FIELD)
                        .body()
                        .toString())
                .isEqualTo("{\"is_compatible\":true}");
        assertCode(registry.postSchema("/compatibility" + versions + "/7", ONE_FIELD), 404, 40402);
        level("NONE");
        assertThat(register(REQUIRED_FIELD)).isPositive();
    }

    @Test
    void shouldLookAtAllVersionsOnlyIfTransitive() {
        register(ONE_FIELD);
        register(OPTIONAL_FIELD);
        assertThat(registry.get("/config/" + subject + "?defaultToGlobal=true")
                        .body()
                        .toString())
                .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        level("BACKWARD_TRANSITIVE");
        assertCode(registry.postSchema(versions, REQUIRED_FIELD), 409, 409);
        level("BACKWARD");
        assertThat(register(REQUIRED_FIELD)).isPositive();
        assertCode(registry.put("/config/" + subject, "{\"compatibility\":\"SIDEWAYS\"}"), 422, 42203);
        assertThat(registry.delete("/config/" + subject).body().toString())
                .isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertCode(registry.delete("/config/" + subject), 404, 40408);
    }

    @Test
    void shouldDeleteInTwoSteps() {
        int id = register(ONE_FIELD);
        register(OPTIONAL_FIELD);
        assertCode(registry.delete(versions + "/1?permanent=true"), 404, 40407);
        assertThat(registry.delete(versions + "/1").body().asInt()).isEqualTo(1);
        assertCode(registry.delete(versions + "/1"), 404, 40406);
        assertCode(registry.get(versions + "/1"), 404, 40402);
        assertThat(registry.get(versions + "?deleted=true").body().toString()).isEqualTo("[1,2]");
        assertThat(registry.get("/schemas/ids/" + id).status()).isEqualTo(200);
        assertCode(registry.delete("/subjects/" + subject + "?permanent=true"), 404, 40405);
        assertThat(registry.delete("/subjects/" + subject).body().toString()).isEqualTo("[2]");
        assertCode(registry.delete("/subjects/" + subject), 404, 40404);
        assertCode(registry.get(versions), 404, 40401);
        assertThat(registry.delete("/subjects/" + subject + "?permanent=true")
                        .body()
                        .toString())
                .isEqualTo("[1,2]");
        assertCode(registry.get(versions + "?deleted=true"), 404, 40401);
        assertThat(register(ONE_FIELD)).isPositive();
        assertThat(registry.get(versions).body().toString()).isEqualTo("[1]");
    }

    @Test
    void shouldKeepItsStateAndSpentIdsAcrossARestart() throws Exception {
        register(ONE_FIELD);
        level("FULL");
        String doomed = "/subjects/doomed-" + subject;
        String unique = ONE_FIELD.replace("Thing", "T" + Math.abs(subject.hashCode()));
        int spent = registry.postSchema(doomed + "/versions", unique)
                .body()
                .path("id")
                .asInt();
        registry.delete(doomed);
        registry.delete(doomed + "?permanent=true");
        try (var again = SchemaRegistry.start(TestCluster.shared().bootstrapServers(), 0)) {
            var other = new RegistryHttp(again.url());
            assertThat(other.get(versions + "/1").body())
                    .isEqualTo(registry.get(versions + "/1").body());
            assertThat(other.get("/config/" + subject).body().toString())
                    .isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
            assertCode(other.get("/schemas/ids/" + spent), 404, 40403);
            assertThat(other.get("/schemas/ids/1?fetchMaxId=true")
                            .body()
                            .path("maxId")
                            .asInt())
                    .isGreaterThanOrEqualTo(spent);
        }
    }

    @Test
    void shouldRefuseAPortInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> SchemaRegistry.start("127.0.0.1:1", taken.getLocalPort()))
                    .isInstanceOf(BindException.class)
                    .hasMessageStartingWith("schema registry port " + taken.getLocalPort());
        }
    }

    @Test
    void shouldAnswerTheSmallQuestions() {
        assertThat(registry.get("/").body().toString()).isEqualTo("{}");
        assertThat(registry.get("/schemas/types").body().toString()).isEqualTo("[\"AVRO\"]");
        assertThat(registry.get("/config").body().toString()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(registry.get("/mode").body().toString()).isEqualTo("{\"mode\":\"READWRITE\"}");
    }

    private int register(String schema) {
        Answer answer = registry.postSchema(versions, schema);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body().path("id").asInt();
    }

    private void level(String name) {
        Answer answer = registry.put("/config/" + subject, "{\"compatibility\":\"" + name + "\"}");
        assertThat(answer.body().toString()).isEqualTo("{\"compatibility\":\"" + name + "\"}");
    }

    private static void assertCode(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.errorCode()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.body().path("message").asText()).isNotEmpty();
    }

    private static String schema(String fields) {
        return "{\"type\":\"record\",\"name\":\"Thing\",\"fields\":[" + fields + "]}";
    }
}
