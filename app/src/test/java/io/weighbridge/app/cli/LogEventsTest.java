package io.weighbridge.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every line of the log has an event, and docs/operations/logs.md lists each. */
class LogEventsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern CALL = Pattern.compile("\\bLOG\\s*\\.(?:at)?([iI]nfo|[wW]arn|[eE]rror)\\(");
    private static final Pattern WITH_EVENT =
            Pattern.compile(CALL.pattern() + "\\s*(?:\\)\\s*\\.addMarker\\(\\s*)?event\\(\"([a-z.]+)\"\\)");
    private static final Pattern LOGGER = Pattern.compile("Logger\\s+(\\w+)\\s*=\\s*LoggerFactory");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\| ([A-Z]+) \\| [^|]+ \\| [^|]+ \\|$");

    @Test
    void shouldHaveAnEventInEveryLine() throws IOException {
        var without = new ArrayList<String>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            long calls = CALL.matcher(source).results().count();
            if (calls != WITH_EVENT.matcher(source).results().count()) {
                without.add(file.toString());
            }
        }

        assertThat(without).isEmpty();
    }

    /** So that no call escapes the other tests. */
    @Test
    void shouldCallEveryLoggerTheSame() throws IOException {
        var names = new TreeSet<String>();
        for (Path file : sources()) {
            LOGGER.matcher(Files.readString(file)).results().forEach(logger -> names.add(logger.group(1)));
        }

        assertThat(names).containsExactly("LOG");
    }

    @Test
    void shouldDocumentEveryEventWithItsLevel() throws IOException {
        var logged = new TreeSet<String>();
        for (Path file : sources()) {
            WITH_EVENT
                    .matcher(Files.readString(file))
                    .results()
                    .forEach(call ->
                            logged.add(call.group(2) + " " + call.group(1).toUpperCase(Locale.ROOT)));
        }
        var documented = ROW.matcher(Files.readString(ROOT.resolve("docs/operations/logs.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(logged).contains("sink.delivery.failed WARN");
        assertThat(documented).containsExactlyElementsOf(logged);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .toList();
        }
    }
}
