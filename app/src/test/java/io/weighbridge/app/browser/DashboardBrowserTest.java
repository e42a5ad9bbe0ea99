package io.weighbridge.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.TokenFile;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.PageProcess;
import io.weighbridge.app.life.Ports;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard in a real browser, over a real broker with all roles: the journeys of {@code src/test/browser}, each a test of its own.
 * Screenshots are left in {@code target/screenshots}. Skipped, in words, where the browser is missing; see {@link BrowserTools}.
 */
class DashboardBrowserTest {

    private static final Path SCRIPTS = Path.of("src", "test", "browser");
    private static final Path INSTALLED = Path.of("target", "browser");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();

    @TempDir
    private Path folder;

    private final Ports ports = Ports.free();
    private PageProcess guarded;

    @TestFactory
    List<DynamicTest> shouldLeadThroughTheDashboard() throws Exception {
        var tools = BrowserTools.required();
        copyScripts();
        tools.install(INSTALLED);
        var settings = settings();
        try (var stack = LocalStack.start(
                        settings, folder.resolve("data"), ports, AccessSettings.open(settings), line -> {});
                var stage = new BrowserStage(settings, folder.resolve("models"))) {
            assertThat(stack.ready()).isTrue();
            stage.fill();
            var environment = Map.of("WB_URL", ports.httpUrl(), "WB_SCREENSHOTS", SCREENSHOTS.toString());
            var journeys = BrowserProcess.run(tools, INSTALLED, environment, asked(stage));
            assertThat(journeys)
                    .as("journeys that were made")
                    .hasSize(scripts("journeys").size());
            return journeys.stream().map(DashboardBrowserTest::test).toList();
        }
    }

    @AfterEach
    void closePage() {
        if (guarded != null) {
            guarded.close();
        }
    }

    private static DynamicTest test(BrowserProcess.Journey journey) {
        return dynamicTest(journey.title(), () -> assertThat(journey.problem()).isNull());
    }

    private Map<String, BrowserProcess.Asked> asked(BrowserStage stage) {
        return Map.of(
                "upload",
                question -> {
                    stage.upload(
                            question.path("hub").asText("demo"),
                            question.path("repo").asText(),
                            question.path("revision").asText("main"),
                            question.path("file").asText());
                    return done();
                },
                "models",
                question -> done().put("folder", stage.models().toString()),
                "dead-letter",
                question -> {
                    stage.breakRecord();
                    return done();
                },
                "cases",
                question -> {
                    stage.flood(question.path("count").asInt());
                    return done();
                },
                "guarded-server",
                this::openGuarded);
    }

    /** A page of its own on the same broker, which wants tokens. */
    private ObjectNode openGuarded(JsonNode question) throws IOException {
        var tokens = new TokenFile(folder.resolve("tokens.json"));
        ObjectNode answer = done();
        for (ApiRole role : List.of(ApiRole.VIEWER, ApiRole.ANALYST)) {
            answer.put(role.id(), tokens.create("test-" + role.id(), role, Instant.now(), Optional.empty()));
        }
        var withTokens =
                settings().with(Map.of(AccessSettings.TOKENS_FILE, tokens.path().toString()));
        guarded = PageProcess.start(withTokens, Listen.loopback(0), Listen.loopback(0));
        return answer.put("url", "http://127.0.0.1:" + guarded.port());
    }

    private Settings settings() {
        return new Settings(Map.of(
                "bootstrap.servers", ports.bootstrapServers(),
                "schema.registry.url", ports.registryUrl(),
                "weighbridge.sink.log", "false"));
    }

    private static ObjectNode done() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Into the build's folder, where what npm installs belongs. */
    private static void copyScripts() throws IOException {
        for (Path file : scripts(".")) {
            Path copy = INSTALLED.resolve(SCRIPTS.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.write(copy, Files.readAllBytes(file));
        }
    }

    private static List<Path> scripts(String under) throws IOException {
        try (Stream<Path> all = Files.walk(SCRIPTS.resolve(under).normalize())) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
