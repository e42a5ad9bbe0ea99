package io.weighbridge.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.report.EvaluationFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole evaluation of a tiny library. */
class EvaluationTest {

    private static final Pattern QUERIES = Pattern.compile("`jq '(.*)' evaluation.json`");

    @TempDir
    private static Path folder;

    private static Path library;
    private static Path out;
    private static EvaluationFigures figures;

    @BeforeAll
    static void evaluate() throws Exception {
        library = TinyLibrary.write(folder.resolve("library"), 3);
        out = folder.resolve("out");
        figures = run(out);
    }

    @Test
    void shouldCatchTheCopiesOfATinyLibrary() {
        var judged = figures.library().of(figures.judged());

        assertThat(judged.copies()).isEqualTo(3 * 4);
        assertThat(judged.strangers()).isEqualTo(3 * (21 - 1 - 4));
        assertThat(judged.meanAveragePrecision()).isEqualTo(1);
        assertThat(judged.ownThresholds().falseMatches()).isZero();
        assertThat(judged.changes())
                .filteredOn(change -> change.destroyed().isPresent())
                .extracting("change")
                .containsExactly("pruned-90");
    }

    @Test
    void shouldListWhatCannotBeHashed() throws IOException {
        assertThat(figures.library().counts().unhashed())
                .extracting("file")
                .containsExactly("broken.safetensors", "missing.safetensors");
        assertThat(report()).contains("2 of 23 files have no code", "| broken.safetensors | cut-off | UNSUPPORTED |");
    }

    @Test
    void shouldNotTellTheFoldersOfThisMachine() throws IOException {
        for (var file : files(out).entrySet()) {
            assertThat(file.getValue()).as(file.getKey()).doesNotContain(folder.toString());
        }
    }

    @Test
    void shouldLinkTheChartsThatItDrew() throws Exception {
        var links = Pattern.compile("]\\((evaluation/[^)]*)\\)").matcher(report());
        int count = 0;
        while (links.find()) {
            var chart = out.resolve("docs").resolve(links.group(1));
            assertThat(chart).exists();
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(chart.toFile());
            count++;
        }
        try (var drawn = Files.list(out.resolve("docs/evaluation"))) {
            assertThat(drawn).hasSize(count);
        }
    }

    @Test
    void shouldHaveEveryFigureWhereTheReportSays() throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(out.resolve("evaluation.json").toFile());
        var queries = QUERIES.matcher(report());
        int count = 0;
        while (queries.find()) {
            for (String name : names(queries.group(1))) {
                boolean alone = !queries.group(1).startsWith(".also")
                        || !json.get("also").isNull();
                assertThat(json.findValue(name) != null || !alone).as(name).isTrue();
            }
            count++;
        }
        assertThat(count).isGreaterThan(12);
    }

    @Test
    void shouldGiveTheSameBytesFromKeptCodes() throws Exception {
        var again = Files.createDirectories(folder.resolve("again"));
        copy(out.resolve("codes"), again.resolve("codes"));
        var before = sizes(again.resolve("codes"));

        run(again);

        assertThat(files(again)).isEqualTo(files(out));
        assertThat(sizes(again.resolve("codes"))).as("nothing was hashed anew").isEqualTo(before);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Map<String, Long> sizes(Path folder) throws IOException {
        var sizes = new TreeMap<String, Long>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }

    private static EvaluationFigures run(Path to) throws Exception {
        Files.createDirectories(to.resolve("docs"));
        var standard = Columns.standard();
        List<Column> variants = standard.variants().subList(0, 2);
        var columns = new Columns(standard.judged(), standard.principal(), variants);
        var settings = new EvaluationSettings(
                columns,
                KeptAccuracy.STANDARD,
                1e-9,
                2,
                to.resolve("docs"),
                Optional.empty(),
                "weighbridge evaluate --library LIBRARY");
        return Evaluation.run(settings, library, to, (step, done, total) -> {});
    }

    private static String report() throws IOException {
        return Files.readString(out.resolve("docs/evaluation.md"));
    }

    private static List<String> names(String query) {
        return Pattern.compile("[a-z][a-zA-Z]+")
                .matcher(query.replace("caught:", "").replaceAll("\\.\\[\\]|\\.all", ""))
                .results()
                .map(result -> result.group())
                .toList();
    }

    private static Map<String, String> files(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var walk = Files.walk(folder)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                if (!file.startsWith(folder.resolve("codes"))) {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }
}
