package io.weighbridge.app.http;

import static io.weighbridge.app.http.GuardedStage.CHANGE;
import static io.weighbridge.app.http.GuardedStage.CURATE;
import static io.weighbridge.app.http.GuardedStage.bearer;
import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    @TempDir
    private Path folder;

    private GuardedStage stage;

    @BeforeEach
    void open() {
        stage = new GuardedStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldAnswerNothingButTheOpenRoutesWithoutAToken() {
        var open = new TreeSet<String>();
        for (String route : stage.web.server.routes()) {
            String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]+}", "x");
            if (route.startsWith("GET ") && !path.endsWith("/events")) {
                var response = stage.http.get(path);
                if (response.statusCode() == 401) {
                    assertProblem(response, 401);
                    assertThat(response.headers().firstValue("WWW-Authenticate"))
                            .hasValue("Bearer realm=\"weighbridge\"");
                } else {
                    open.add(path);
                }
            }
        }

        // A file's signed link is its right; the page's own files tell nothing.
        var expected = new TreeSet<>(
                List.of("/", "/api/v1/files/x", "/api/v1/openapi.json", "/api/v1/openapi.yaml", "/livez", "/readyz"));
        PageRoutes.FILES.stream().skip(1).map(name -> "/" + name).forEach(expected::add);
        assertThat(open).containsExactlyElementsOf(expected);
        assertProblem(stage.http.get("/api/v1/events"), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/summary", "/metrics", "/topology", "/api/v1/session"})
    void shouldAnswerWhoShowsAToken(String path) {
        assertThat(stage.http.get(path, stage.as(ApiRole.VIEWER)).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNameTheRoleThatIsNeeded() {
        var refused = stage.http.send("POST", CURATE, "{}", stage.as(ApiRole.ANALYST));

        assertProblem(refused, 403);
        assertThat(json(refused).path("detail").asText()).isEqualTo("role: expected curator or more, got analyst");
        assertThat(stage.changes).hasValue(0);
    }

    @Test
    void shouldLetEachRoleDoWhatTheLesserMay() {
        assertThat(stage.http
                        .send("POST", CHANGE, "{}", stage.as(ApiRole.VIEWER))
                        .statusCode())
                .isEqualTo(403);
        for (ApiRole role : List.of(ApiRole.ANALYST, ApiRole.CURATOR, ApiRole.ADMIN)) {
            var done = stage.http.send("POST", CHANGE, "{}", stage.as(role));
            assertThat(done.statusCode()).isEqualTo(201);
            assertThat(json(done).path("by").asText()).isEqualTo(role.id() + "-1");
        }
    }

    @Test
    void shouldRefuseTokensThatDoNotHold() throws IOException {
        String expired =
                stage.tokens.create("old", ApiRole.ADMIN, Instant.EPOCH, Optional.of(Instant.EPOCH.plusSeconds(1)));
        String good = stage.text(ApiRole.ADMIN);
        String misspelt = good.substring(0, 10) + (good.charAt(10) == 'x' ? 'y' : 'x') + good.substring(11);

        for (String text : List.of(expired, misspelt, "wb_", "", good.toUpperCase(Locale.ROOT))) {
            assertProblem(stage.http.get("/api/v1/summary", bearer(text)), 401);
        }
        assertProblem(stage.http.get("/api/v1/summary", "Authorization", "Basic " + good), 401);
        var accepted = stage.http.get("/api/v1/summary", bearer(good));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
    }

    @Test
    void shouldFollowItsFileOfTokensWhileItRuns() throws IOException {
        String made = stage.create("later", ApiRole.VIEWER);
        assertThat(stage.http.get("/api/v1/summary", bearer(made)).statusCode()).isEqualTo(200);

        stage.tokens.revoke("later");

        assertProblem(stage.http.get("/api/v1/summary", bearer(made)), 401);
    }

    @Test
    void shouldLetNobodyInWhileTheFileCannotBeRead() throws IOException {
        Files.writeString(stage.tokens.path(), "no tokens");

        assertProblem(stage.http.get("/api/v1/summary", stage.as(ApiRole.ADMIN)), 401);
    }

    @Test
    void shouldLimitFailedAttemptsButNotThoseOfOthersFromThere() {
        for (int i = 0; i < 10; i++) {
            assertProblem(stage.http.get("/api/v1/summary", bearer("guess-" + i)), 401);
        }

        var refused = stage.http.get("/api/v1/summary", bearer("guess"));

        assertProblem(refused, 429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 60L);
        assertProblem(stage.http.send("POST", "/api/v1/session", "{\"token\": \"guess\"}"), 429);
        assertThat(stage.http.get("/api/v1/summary", stage.as(ApiRole.VIEWER)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldEndEventStreamsWhenTheirTokenIsRevoked() throws Exception {
        try (var events = new Events(
                stage.http.open("/api/v1/events", stage.as(ApiRole.VIEWER)).body())) {
            events.next("hello");

            stage.tokens.revoke("viewer-1");
            stage.web.picture.received(FeedRecords.upload(1));

            assertThat(events.next("end").type()).isEqualTo("end");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "x y"})
    void shouldRefuseToChangeAnythingForAPageOfAnotherSite(String origin) {
        assertProblem(stage.http.send("POST", CHANGE, "{}", stage.as(ApiRole.ADMIN, "Origin", origin)), 403);
        assertThat(stage.changes).hasValue(0);
    }

    @Test
    void shouldBelieveABrowserThatSaysWhoMadeItSend() {
        String own = "http://127.0.0.1:" + stage.web.server.port();

        assertProblem(
                stage.http.send("POST", CHANGE, "{}", stage.as(ApiRole.ADMIN, "Sec-Fetch-Site", "cross-site")), 403);
        assertThat(stage.http
                        .send(
                                "POST",
                                CHANGE,
                                "{}",
                                stage.as(ApiRole.ADMIN, "Origin", own, "Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void shouldBeOpenToEverybodyOnTheLoopbackAddressOnly() {
        try (var demo = new WebStage()) {
            assertThat(json(demo.http.get("/api/v1/session")).path("name").asText())
                    .isEqualTo("demo");
            assertProblem(
                    demo.http.send("POST", "/api/v1/session", "{\"token\": \"\"}", "Origin", "http://evil.example"),
                    403);
        }
        var settings = new Settings(Map.of());
        assertThatThrownBy(() ->
                        new WebStage(new Listen("0.0.0.0", 0), settings, AccessSettings.open(settings), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected a loopback address");
    }

    @Test
    void shouldNotStartWithARouteThatDeclaresNoRole() {
        var settings = new Settings(Map.of());
        Routes forgetful = routes -> routes.get("/api/v1/forgotten", context -> {});

        assertThatThrownBy(() -> new WebStage(settings, AccessSettings.open(settings), List.of(forgetful)))
                .hasMessageContaining("GET /api/v1/forgotten: expected the least role that it needs");
    }

    @Test
    void shouldSayHowToMakeTokensWhenThereIsNoFile() {
        assertThatThrownBy(() -> AccessSettings.of(new Settings(Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weighbridge.api.tokens.file")
                .hasMessageContaining("weighbridge token create");
    }
}
