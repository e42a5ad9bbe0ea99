package io.weighbridge.app.operate.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.client.RegistryCalls;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Whether the schema registry answers, takes the schemas of this build, and has the right time. */
final class RegistryCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Settings settings;
    private final Clock clock;
    private final RegistryCalls registry;

    RegistryCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        registry = new RegistryCalls(settings);
    }

    void examine(Consumer<Finding> told) {
        var findings = new Findings("registry", told);
        settings.list("schema.registry.url", "").stream()
                .filter(url -> url.startsWith("mock:"))
                .forEach(url -> findings.warn(
                        url + " is in the memory of one process", "name a registry with --schema-registry"));
        for (String url : registry.urls()) {
            examine(url, findings, new Findings("clock", told));
        }
    }

    private void examine(String url, Findings findings, Findings times) {
        String shown = RegistryCalls.shown(url);
        try {
            var answer = registry.subjects(url);
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
        findings.ok(RegistryCalls.shown(url) + " answers; it knows " + known + " of " + schemas.size()
                + " subjects, the others are made when their first record is written");
    }

    private void examineSchema(String url, String subject, Schema schema, Findings findings)
            throws IOException, InterruptedException {
        var answer = registry.compatibility(url, subject, schema);
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
}
