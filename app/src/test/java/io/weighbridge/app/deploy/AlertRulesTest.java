package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of {@code docker/prometheus/} against Prometheus' own tool, a real scrape, and their runbooks. */
class AlertRulesTest {

    private static final Path RUNBOOKS = DeployFiles.ROOT.resolve("docs/operations/runbooks.md");

    @Test
    void shouldBeValid() {
        Peer.PROMTOOL.judge("check", "rules", DeployFiles.RULES.toString()).mustBeGood();
        Peer.PROMTOOL
                .judge(
                        "check",
                        "config",
                        DeployFiles.DOCKER.resolve("prometheus/prometheus.yml").toString())
                .mustBeGood();
    }

    @Test
    void shouldFireWhenTheyShouldAndOnlyThen() {
        Peer.PROMTOOL.judge("test", "rules", DeployFiles.RULES_TEST.toString()).mustBeGood();
    }

    @Test
    void shouldEachBeSeenToFire() throws IOException {
        var fired = new TreeSet<String>();
        for (JsonNode test : DeployFiles.yaml(DeployFiles.RULES_TEST).path("tests")) {
            test.path("promql_expr_test")
                    .findValuesAsText("labels")
                    .forEach(labels -> fired.add(labels.replaceAll(".*\"(.*)\".*", "$1")));
        }

        assertThat(fired).isEqualTo(DeployFiles.alerts().keySet());
    }

    @Test
    void shouldNameOnlyMetricsAndLabelsThatExist() throws IOException {
        Set<String> recorded = DeployFiles.recordings().keySet();
        var queries = new ArrayList<String>();
        DeployFiles.alerts()
                .values()
                .forEach(rule -> queries.add(rule.path("expr").asText()));
        DeployFiles.recordings()
                .values()
                .forEach(rule -> queries.add(rule.path("expr").asText()));

        assertThat(queries)
                .isNotEmpty()
                .allSatisfy(query -> assertThat(new PromQl(query).problems(RunningStack.scrape(), recorded))
                        .isEmpty());
    }

    @Test
    void shouldFindAMetricOrLabelThatDoesNotExist() {
        var scrape = Scrape.parse("# TYPE a_total counter\na_total{x=\"1\"} 2.0\n");

        assertThat(new PromQl("sum by (x) (rate(a_total{x=~\"b{2}|c\"}[5m])) > 1 and on (x) up == 1")
                        .problems(scrape, Set.of()))
                .isEmpty();
        assertThat(new PromQl("rate(b_total[5m])").problems(scrape, Set.of())).hasSize(1);
        assertThat(new PromQl("sum by (y) (a_total{z=\"1\"})").problems(scrape, Set.of()))
                .hasSize(2);
    }

    @Test
    void shouldSayHowBadItIsAndWhatToDo() throws IOException {
        DeployFiles.alerts().forEach((name, rule) -> {
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/operations/runbooks.md#" + name.toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void shouldEachHaveARunbookAndNoRunbookBeLeftOver() throws IOException {
        List<String> sections = DeployFiles.found("(?m)^### (\\S+)$", RUNBOOKS);

        assertThat(sections).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(sections)).isEqualTo(DeployFiles.alerts().keySet());
        DeployFiles.alerts()
                .forEach((name, rule) -> assertThat(severity(name))
                        .isEqualTo(rule.at("/labels/severity").asText()));
    }

    private static String severity(String section) {
        try {
            return DeployFiles.found("### " + section + "\n\n`(\\w+)`", RUNBOOKS)
                    .get(0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
