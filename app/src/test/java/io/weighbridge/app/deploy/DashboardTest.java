package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard against what Grafana needs of one, and its queries against Prometheus' own parser and a real scrape. No Grafana runs here. */
class DashboardTest {

    private static final Path GRAFANA = DeployFiles.DOCKER.resolve("grafana");
    private static final Set<String> KINDS = Set.of("row", "stat", "timeseries");
    private static final int COLUMNS = 24;
    private static final Pattern IN_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

    @TempDir
    private Path folder;

    @Test
    void shouldGiveEachPanelATitleWordsAndAPlaceOfItsOwn() throws IOException {
        var taken = new boolean[1000][COLUMNS];
        for (JsonNode panel : dashboard().path("panels")) {
            assertThat(panel.path("type").asText()).isIn(KINDS);
            assertThat(panel.path("title").asText()).isNotBlank();
            boolean isRow = panel.path("type").asText().equals("row");
            assertThat(isRow || !panel.path("description").asText().isBlank())
                    .as(panel.path("title").asText())
                    .isTrue();
            take(taken, panel.path("gridPos"));
        }
        assertThat(dashboard().path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
        assertThat(titles()).doesNotHaveDuplicates().contains("Time to alert", "Coverage, 1 h", "Lag by role");
    }

    @Test
    void shouldAskTheDataSourceThatIsProvisioned() throws IOException {
        JsonNode source = DeployFiles.yaml(GRAFANA.resolve("provisioning/datasources/prometheus.yml"))
                .path("datasources")
                .path(0);
        String uid = source.path("uid").asText();

        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo(uid);
                assertThat(target.at("/datasource/type").asText())
                        .isEqualTo(source.path("type").asText());
            }
        }
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
        assertThat(DeployFiles.found("- (\\./grafana/dashboards:.*):ro", DeployFiles.DOCKER.resolve("compose.yaml")))
                .containsExactly(
                        "./grafana/dashboards:" + provider().at("/options/path").asText());
    }

    @Test
    void shouldShowOnlyMetricsAndLabelsThatExist() throws IOException {
        Set<String> recorded = DeployFiles.recordings().keySet();
        var scrape = RunningStack.scrape();

        for (JsonNode target : targets()) {
            var query = new PromQl(target.path("expr").asText());
            assertThat(query.problems(scrape, recorded)).isEmpty();
            IN_LEGEND
                    .matcher(target.path("legendFormat").asText())
                    .results()
                    .forEach(label ->
                            assertThat(query.query()).as(target.toString()).containsAnyOf(label.group(1), "process_"));
        }
    }

    @Test
    void shouldAskWhatPrometheusUnderstands() throws IOException {
        var rules = new ArrayList<Rule>();
        for (JsonNode target : targets()) {
            String query = target.path("expr").asText().replace("$__rate_interval", "5m");
            rules.add(new Rule("panel:query:" + rules.size(), query));
        }
        var file = folder.resolve("queries.yml");
        Files.writeString(
                file,
                new YAMLMapper()
                        .writeValueAsString(new ObjectMapper()
                                .createObjectNode()
                                .set("groups", new ObjectMapper().valueToTree(List.of(new Group("panels", rules))))));

        assertThat(rules).hasSizeGreaterThan(40);
        Peer.PROMTOOL.judge("check", "rules", file.toString()).mustBeGood();
    }

    private record Rule(String record, String expr) {}

    private record Group(String name, List<Rule> rules) {}

    private static void take(boolean[][] taken, JsonNode place) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
            for (int x = 0; x < place.path("w").asInt(); x++) {
                int row = place.path("y").asInt() + y;
                int column = place.path("x").asInt() + x;
                assertThat(taken[row][column]).as("two panels at " + place).isFalse();
                taken[row][column] = true;
            }
        }
    }

    private static List<String> titles() throws IOException {
        var titles = new ArrayList<String>();
        dashboard()
                .path("panels")
                .forEach(panel -> titles.add(panel.path("title").asText()));
        return titles;
    }

    private static List<JsonNode> targets() throws IOException {
        var targets = new ArrayList<JsonNode>();
        dashboard().path("panels").forEach(panel -> panel.path("targets").forEach(targets::add));
        return targets;
    }

    private static JsonNode dashboard() throws IOException {
        return DeployFiles.json(GRAFANA.resolve("dashboards/weighbridge.json"));
    }

    private static JsonNode provider() throws IOException {
        return DeployFiles.yaml(GRAFANA.resolve("provisioning/dashboards/weighbridge.yml"))
                .path("providers")
                .path(0);
    }
}
