package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/operations/metrics.md} against what a running stack answers. */
class MetricsReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "operations", "metrics.md");

    /** Name, type, labels and meaning, in a row of a table. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (counter|gauge|summary|histogram) \\| ([^|]*) \\| ([^|]+) \\|$");

    /** Kinds of outcomes, states and algorithms: what may be told apart without telling whose model it is. */
    private static final Set<String> LABELS =
            Set.of("algorithm", "format", "lane", "mode", "outcome", "reason", "role", "share", "sink", "state");

    private record Row(String type, Set<String> labels) {}

    @Test
    void shouldTellEveryMetricAndNoOther() throws IOException {
        var real = new TreeMap<String, Row>();
        RunningStack.scrape().own().forEach((name, family) -> real.put(name, new Row(family.type(), family.labels())));

        assertThat(reference()).isEqualTo(real);
    }

    @Test
    void shouldNameNoModelUserOrHost() {
        RunningStack.scrape()
                .own()
                .forEach((name, family) -> assertThat(LABELS).as(name).containsAll(family.labels()));
        assertThat(RunningStack.scrape()
                        .text()
                        .lines()
                        .filter(line -> line.startsWith("weighbridge_"))
                        .collect(Collectors.joining("\n")))
                .doesNotContain("lenet", "mallory", "acme");
    }

    /** Names, help and units are judged; those of Kafka and of the JVM are not ours to choose. */
    @Test
    void shouldPleaseTheLinterOfPrometheus() {
        var scrape = RunningStack.scrape();

        var verdict = Peer.PROMTOOL.judgeInput(scrape.text(), "check", "metrics");

        assertThat(verdict.words().lines().filter(line -> line.startsWith("weighbridge_")))
                .isEmpty();
        assertThat(verdict.words()).doesNotContain("error while linting", "parsing");
        assertThat(verdict.exit()).as("3: only lint").isIn(0, 3);
    }

    private static Map<String, Row> reference() throws IOException {
        return ROW.matcher(Files.readString(REFERENCE))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> new Row(row.group(2), labels(row.group(3))),
                        (a, b) -> {
                            throw new AssertionError("told twice: " + a);
                        },
                        TreeMap::new));
    }

    private static Set<String> labels(String cell) {
        return Arrays.stream(cell.split(","))
                .map(label -> label.strip().replace("`", ""))
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
