package io.weighbridge.app.operate.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Whether the schema registry answers, takes the schemas of this build, and has the right time. */
final class RegistryCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    RegistryCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    void examine(Consumer<Finding> told) {
        var findings = new Findings("registry", told);
        for (String url : settings.list("schema.registry.url", "")) {
            if (url.startsWith("mock:")) {
                findings.warn(url + " is in the memory of one process", "name a registry with --schema-registry");
            } else {
                examine(url.replaceAll("/+$", ""), findings, new Findings("clock", told));
            }
        }
    }

    private void examine(String url, Findings findings, Findings times) {
        String shown = url.replaceFirst("://[^/@]*@", "://");
        try {
            var answer = call(url, "/subjects", Optional.empty());
            if (answer.statusCode() != 200) {
                findings.fail(
                        shown + ": HTTP " + answer.statusCode() + ": " + answer.body(), advice(answer.statusCode()));
                return;
            }
            ClockSkew.examine("the registry", answer.headers(), clock, times);
            examineSchemas(url, JSON.readTree(answer.body()), findings);
        } catch (IOException | IllegalArgumentException e) {
            findings.fail(
                    "no schema registry answers at " + shown + ": " + e,
                    "start it, or name another with --schema-registry; for a private certificate, set"
                            + " -Djavax.net.ssl.trustStore in WEIGHBRIDGE_JAVA_OPTS");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.warn("interrupted", "");
        }
    }

    private static String advice(int status) {
        return status == 401 || status == 403
                ? "set basic.auth.user.info to a user that may read subjects"
                : "see that the address is the root of a registry with Confluent's REST calls";
    }

    private void examineSchemas(String url, JsonNode subjects, Findings findings)
            throws IOException, InterruptedException {
        var registered = new HashSet<String>();
        subjects.forEach(subject -> registered.add(subject.asText()));
        var schemas = RecordSchemas.of(Topics.of(settings));
        int known = 0;
        for (var schema : schemas.entrySet()) {
            String subject = schema.getKey() + "-value";
            if (registered.contains(subject)) {
                known++;
                examineSchema(url, subject, schema.getValue(), findings);
            }
        }
        findings.ok(url.replaceFirst("://[^/@]*@", "://") + " answers; it knows " + known + " of " + schemas.size()
                + " subjects, the others are made when their first record is written");
    }

    private void examineSchema(String url, String subject, Schema schema, Findings findings)
            throws IOException, InterruptedException {
        String body = JSON.valueToTree(Map.of("schema", schema.toString())).toString();
        var answer = call(url, "/compatibility/subjects/" + subject + "/versions/latest", Optional.of(body));
        var judged = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            findings.warn(subject + ": cannot be compared: HTTP " + answer.statusCode(), advice(answer.statusCode()));
        } else if (!judged.path("is_compatible").asBoolean()) {
            findings.fail(
                    subject + ": the schema of this build is not compatible with the last one there",
                    "run one release of the product on this cluster, or set the subject's compatibility as its upgrade"
                            + " notes tell");
        }
    }

    private HttpResponse<String> call(String url, String path, Optional<String> body)
            throws IOException, InterruptedException {
        URI address = URI.create(url.replaceFirst("://[^/@]*@", "://") + path);
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept", MEDIA_TYPE);
        body.ifPresent(text -> request.header("Content-Type", MEDIA_TYPE).POST(BodyPublishers.ofString(text)));
        Optional.of(settings.text("basic.auth.user.info", ""))
                .filter(user -> !user.isEmpty())
                .or(() -> Optional.ofNullable(URI.create(url).getUserInfo()))
                .ifPresent(user -> request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8))));
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
