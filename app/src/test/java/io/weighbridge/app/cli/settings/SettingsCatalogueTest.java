package io.weighbridge.app.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.client.Api;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The catalogue, the code that reads settings, and the documents say the same. */
class SettingsCatalogueTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]+`) \\| ([^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(weighbridge\\.[A-Za-z0-9.]+)`");

    /** Attributes of requests, a metric that is read, and what roles tell their handlers. */
    private static final Set<String> OTHER_NAMES = Set.of(
            "weighbridge.audit.attempt",
            "weighbridge.audit.begun",
            "weighbridge.audit.failures",
            "weighbridge.audit.written",
            "weighbridge.identity",
            "weighbridge.index.pending",
            "weighbridge.repeated.begun",
            "weighbridge.request.id",
            "weighbridge.role",
            "weighbridge.secrets");

    /** What makes every reader read all it can. */
    private static final Map<String, String> EVERYTHING = Map.ofEntries(
            Map.entry("schema.registry.url", "mock://settings"),
            Map.entry("weighbridge.sink.webhook.url", "http://localhost/"),
            Map.entry("weighbridge.sink.slack.url", "http://localhost/"),
            Map.entry("weighbridge.sink.alertmanager.url", "http://localhost/"),
            Map.entry("weighbridge.sink.alertmanager.user", "ada"),
            Map.entry("weighbridge.sink.ocsf.file", "findings"),
            Map.entry("weighbridge.sink.email.host", "localhost"),
            Map.entry("weighbridge.sink.email.user", "ada"),
            Map.entry("weighbridge.fetch.token.example.org", "t"),
            Map.entry("weighbridge.fetch.token.example.org.file", "/no/such/file"));

    /** Read by a command that wants more than settings. */
    private static final String FAISS = "weighbridge.bench.faiss.python";

    @Test
    void shouldDeclareExactlyWhatTheCodeAsksFor() {
        var asked = asked();
        var declared = SettingsCatalogue.all().stream().map(Setting::name).toList();

        assertThat(declared).doesNotHaveDuplicates();
        assertThat(asked.keySet())
                .allSatisfy(name ->
                        assertThat(SettingsCatalogue.find(name)).as(name).isPresent());
        assertThat(SettingsCatalogue.all().stream()
                        .filter(setting -> asked.keySet().stream().noneMatch(setting::isNamed))
                        .map(Setting::name))
                .containsExactly(FAISS);
    }

    @Test
    void shouldDeclareTheDefaultsThatTheCodeHas() {
        asked().forEach((name, byDefault) -> {
            var setting = SettingsCatalogue.find(name).orElseThrow();
            if (!setting.isComputed()) {
                assertThat(byDefault).as(name).isEqualTo(setting.byDefault());
            }
        });
    }

    @Test
    void shouldDeclareEverySettingThatASourceNames() throws IOException {
        var names = new TreeMap<String, Path>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file :
                    files.filter(SettingsCatalogueTest::isReaderOfSettings).toList()) {
                found(Pattern.compile("\"(weighbridge\\.[a-z0-9.]*[a-z0-9])\""), file)
                        .forEach(name -> names.put(name, file));
            }
        }
        names.keySet().removeAll(OTHER_NAMES);

        assertThat(names).containsKeys("weighbridge.fetch.max.bytes", FAISS);
        assertThat(names)
                .allSatisfy((name, file) -> assertThat(SettingsCatalogue.find(name))
                        .as(file + ": " + name)
                        .isPresent());
    }

    @Test
    void shouldDocumentEverySettingWithItsDefault() throws IOException {
        var documented = new TreeMap<String, String>();
        var general = new TreeMap<String, String>();
        ROW.matcher(Files.readString(ROOT.resolve("docs/settings.md")))
                .results()
                .forEach(row -> {
                    String byDefault = row.group(2).replace("`", "");
                    NAME.matcher(row.group(1))
                            .results()
                            .map(name -> name.group(1))
                            .forEach(name -> (name.contains("KIND") ? general : documented).put(name, byDefault));
                });
        general.forEach((name, byDefault) -> everyKind(name).forEach(each -> documented.putIfAbsent(each, byDefault)));

        assertThat(documented)
                .isEqualTo(SettingsCatalogue.all().stream()
                        .collect(Collectors.toMap(Setting::name, Setting::byDefault, (a, b) -> a, TreeMap::new)));
    }

    @Test
    void shouldDocumentTheVariablesThatAreNoSettings() throws IOException {
        assertThat(found(Pattern.compile("(?m)^\\| `(WEIGHBRIDGE_[A-Z_]+)` \\|"), ROOT.resolve("docs/settings.md")))
                .containsExactlyInAnyOrderElementsOf(Environment.FOR_USERS);
    }

    @Test
    void shouldNameOnlyKnownSettingsInTheReadme() throws IOException {
        var names = found(NAME, ROOT.resolve("README.md"));

        assertThat(names).contains("weighbridge.fetch.token.HOST.file");
        assertThat(names)
                .filteredOn(name -> !name.equals("weighbridge."))
                .allSatisfy(name ->
                        assertThat(SettingsCatalogue.find(name)).as(name).isPresent());
    }

    /** Readers run twice: without values for the defaults, and with all that makes them read on. */
    private static TreeMap<String, String> asked() {
        var asked = new TreeMap<String, String>();
        for (var given : List.of(EVERYTHING, withTokens())) {
            var settings = new Settings(given);
            Stream.<Consumer<Settings>>concat(SettingsReaders.guardedStack().stream(), Stream.of(Api::of))
                    .forEach(reader -> readAll(settings, reader));
            settings.asked().forEach((name, byDefault) -> {
                if (name.startsWith(Settings.PREFIX)) {
                    asked.merge(name, byDefault, (a, b) -> a.equals(Setting.NONE) ? b : a);
                }
            });
        }
        return asked;
    }

    private static Map<String, String> withTokens() {
        var values = new HashMap<>(EVERYTHING);
        values.remove("weighbridge.sink.alertmanager.user");
        return values;
    }

    /** What is missing or wrong is not the matter here. */
    private static void readAll(Settings settings, Consumer<Settings> reader) {
        try {
            reader.accept(settings);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("settings:");
        }
    }

    private static List<String> everyKind(String name) {
        return SettingsCatalogue.all().stream()
                .map(Setting::name)
                .filter(each -> each.matches(
                        Arrays.stream(name.split("KIND")).map(Pattern::quote).collect(Collectors.joining("[a-z]+"))))
                .toList();
    }

    private static boolean isReaderOfSettings(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/main/java/") && !path.endsWith("Metrics.java");
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
