package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code docker/compose.yaml} against the schema of Compose's own specification (Apache 2.0), and against what a container may do here. */
class ComposeFileTest {

    /** Images of others that write to their root file system at the start. */
    private static final List<String> WRITE_TO_THEIR_ROOT = List.of("kafka", "registry");

    private static final Map<String, Integer> MEGABYTES = Map.of("m", 1, "g", 1024);

    @Test
    void shouldBeWhatTheSpecificationSays() throws IOException {
        var schema = specification();

        assertThat(schema.validate(compose())).isEmpty();
        var wrong = compose().deepCopy();
        ((ObjectNode) wrong.at("/services/app")).put("imagee", "x");
        assertThat(schema.validate(wrong)).as("a key that does not exist").isNotEmpty();
    }

    @Test
    void shouldAllowContainersNothingThatTheyDoNotNeed() throws IOException {
        services().forEach((name, service) -> {
            assertThat(service.path("cap_drop").toString()).as(name).isEqualTo("[\"ALL\"]");
            assertThat(service.path("security_opt").toString()).as(name).contains("no-new-privileges:true");
            assertThat(service.path("read_only").asBoolean() || WRITE_TO_THEIR_ROOT.contains(name))
                    .as(name)
                    .isTrue();
            assertThat(service.has("privileged") || service.has("cap_add") || service.has("network_mode"))
                    .as(name)
                    .isFalse();
            assertThat(service.path("pids_limit").asInt()).as(name).isPositive();
        });
    }

    @Test
    void shouldListenOnThisMachineOnly() throws IOException {
        var ports = new ArrayList<String>();
        services().values().forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));

        assertThat(ports).hasSize(5).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void shouldNeedAsMuchMemoryAsItsReadmeSays() throws IOException {
        int megabytes = 0;
        for (JsonNode service : services().values()) {
            boolean isLasting = service.path("restart").asText().equals("unless-stopped");
            String limit = service.path("mem_limit").asText();
            int last = limit.length() - 1;
            int size = Integer.parseInt(limit.substring(0, last)) * MEGABYTES.get(limit.substring(last));
            megabytes += isLasting ? size : 0;
        }

        assertThat(DeployFiles.found("come to (\\d+) MB", DeployFiles.DOCKER.resolve("README.md")))
                .containsExactly(Integer.toString(megabytes));
    }

    @Test
    void shouldScrapeEveryServiceThatHasMetrics() throws IOException {
        var scraped = new TreeMap<String, String>();
        for (JsonNode job : DeployFiles.yaml(DeployFiles.DOCKER.resolve("prometheus/prometheus.yml"))
                .path("scrape_configs")) {
            JsonNode names = job.path("dns_sd_configs").path(0);
            scraped.put(names.path("names").path(0).asText(), names.path("port").asText());
            assertThat(job.path("job_name").asText())
                    .as("the rules select by this")
                    .isEqualTo("weighbridge-" + names.path("names").path(0).asText());
        }
        var serving = new TreeMap<String, String>();
        services().forEach((name, service) -> {
            var words = new ArrayList<String>();
            service.path("command").forEach(word -> words.add(word.asText()));
            int port = words.indexOf("--management-port");
            if (port >= 0) {
                serving.put(name, words.get(port + 1));
            }
        });

        assertThat(scraped).isEqualTo(serving).hasSize(4);
    }

    private static Map<String, JsonNode> services() throws IOException {
        var services = new TreeMap<String, JsonNode>();
        compose().path("services").properties().forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        return services;
    }

    private static Schema specification() throws IOException {
        try (var file = ComposeFileTest.class.getResourceAsStream("/compose/compose-spec.json")) {
            var specification = (ObjectNode) new ObjectMapper().readTree(file);
            // Its id is no absolute address, which the validator insists on.
            specification.remove("$id");
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(specification);
        }
    }

    private static JsonNode compose() throws IOException {
        return DeployFiles.merged(DeployFiles.DOCKER.resolve("compose.yaml"));
    }
}
