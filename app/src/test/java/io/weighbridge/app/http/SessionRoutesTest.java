package io.weighbridge.app.http;

import static io.weighbridge.app.http.GuardedStage.CHANGE;
import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.app.http.access.ApiRole;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRoutesTest {

    private static final String SESSION = "/api/v1/session";

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
    void shouldExchangeATokenForACookieThatScriptsCannotRead() {
        var begun = logIn(ApiRole.ANALYST);

        assertThat(begun.statusCode()).isEqualTo(200);
        assertThat(json(begun).path("name").asText()).isEqualTo("analyst-1");
        assertThat(json(begun).path("role").asText()).isEqualTo("analyst");
        assertThat(setCookie(begun))
                .contains("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/");
        assertThat(setCookie(begun)).as("by http").doesNotContain("Secure");
        assertThat(json(stage.http.get(SESSION, "Cookie", cookie(begun)))).isEqualTo(json(begun));
    }

    @Test
    void shouldSendTheCookieOverHttpsOnlyWhereBrowsersComeByIt() {
        try (var secure = new GuardedStage(
                folder.resolve("secure"), Map.of("weighbridge.api.public.url", "https://weighbridge.example/"))) {
            var begun = secure.http.send(
                    "POST",
                    SESSION,
                    "{\"token\": \"" + secure.text(ApiRole.VIEWER) + "\"}",
                    "Origin",
                    "https://weighbridge.example");

            assertThat(setCookie(begun)).contains("Secure");
        }
    }

    @Test
    void shouldChangeNothingByACookieWithoutTheCsrfToken() {
        var begun = logIn(ApiRole.ANALYST);
        String csrf = json(begun).path("csrfToken").asText();

        assertProblem(stage.http.send("POST", CHANGE, "{}", "Cookie", cookie(begun)), 403);
        assertProblem(stage.http.send("POST", CHANGE, "{}", "Cookie", cookie(begun), "X-CSRF-Token", "x" + csrf), 403);
        assertProblem(stage.http.send("DELETE", SESSION, "", "Cookie", cookie(begun)), 403);
        assertThat(stage.changes).hasValue(0);
        assertThat(stage.http
                        .send("POST", CHANGE, "{}", "Cookie", cookie(begun), "X-CSRF-Token", csrf)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void shouldEndASessionAtLogout() {
        var begun = logIn(ApiRole.VIEWER);
        String csrf = json(begun).path("csrfToken").asText();

        var ended = stage.http.send("DELETE", SESSION, "", "Cookie", cookie(begun), "X-CSRF-Token", csrf);

        assertThat(ended.statusCode()).isEqualTo(204);
        assertThat(setCookie(ended)).startsWith("wb_session=;").contains("Expires=Thu, 01 Jan 1970");
        assertProblem(stage.http.get(SESSION, "Cookie", cookie(begun)), 401);
    }

    @Test
    void shouldEndTheSessionsOfARevokedToken() throws IOException {
        var begun = logIn(ApiRole.CURATOR);

        stage.tokens.revoke("curator-1");

        assertProblem(stage.http.get(SESSION, "Cookie", cookie(begun)), 401);
    }

    @Test
    void shouldStartAnotherSessionAtEachLogin() {
        assertThat(cookie(logIn(ApiRole.VIEWER))).isNotEqualTo(cookie(logIn(ApiRole.VIEWER)));
    }

    @Test
    void shouldTellOfATokenToo() {
        var told = json(stage.http.get(SESSION, stage.as(ApiRole.ADMIN)));

        assertThat(told.path("name").asText()).isEqualTo("admin-1");
        assertThat(told.path("csrfToken").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"token\": 1}", "{}", "{\"token\": \"x\", \"name\": \"y\"}"})
    void shouldRefuseAnythingButAToken(String body) {
        assertProblem(stage.http.send("POST", SESSION, body), 400);
    }

    @Test
    void shouldRefuseATokenThatDoesNotHold() {
        assertProblem(stage.http.send("POST", SESSION, "{\"token\": \"wb_none\"}"), 401);
        assertProblem(stage.http.get(SESSION, "Cookie", "wb_session=none"), 401);
    }

    @Test
    void shouldNotLetSlowLoginsHoldEverything() throws IOException {
        var slow = new ArrayList<Socket>();
        for (int i = 0; i < 8; i++) {
            var socket = new Socket("127.0.0.1", stage.web.server.port());
            slow.add(socket);
            socket.getOutputStream()
                    .write("POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertProblem(logIn(ApiRole.VIEWER), 503));

        assertThat(stage.http.get(SESSION, stage.as(ApiRole.VIEWER)).statusCode())
                .isEqualTo(200);
        for (Socket socket : slow) {
            socket.close();
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(logIn(ApiRole.VIEWER).statusCode()).isEqualTo(200));
    }

    private HttpResponse<String> logIn(ApiRole role) {
        return stage.http.send("POST", SESSION, "{\"token\": \"" + stage.text(role) + "\"}");
    }

    private static String setCookie(HttpResponse<String> response) {
        return response.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private static String cookie(HttpResponse<String> response) {
        return setCookie(response).replaceAll(";.*", "");
    }
}
