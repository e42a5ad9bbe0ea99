package io.weighbridge.app.http;

import static io.weighbridge.app.http.GuardedStage.CHANGE;
import static io.weighbridge.app.http.GuardedStage.LARGE;
import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {

    private static final Map<String, String> THREE_AT_ONCE =
            Map.of("weighbridge.api.requests.per.second", "1", "weighbridge.api.requests.burst", "3");

    @TempDir
    private Path folder;

    @Test
    void shouldLimitTheRequestsOfEachToken() {
        try (var stage = new GuardedStage(folder, THREE_AT_ONCE)) {
            int refusals = 0;
            for (int i = 0; i < 30; i++) {
                var response = stage.http.get("/api/v1/session", stage.as(ApiRole.VIEWER));
                if (response.statusCode() == 429) {
                    refusals++;
                    assertProblem(response, 429);
                    assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
                    assertThat(response.headers().firstValue("RateLimit")).hasValue("\"burst\";r=0");
                }
            }

            assertThat(refusals).isPositive();
            assertThat(stage.http
                            .get("/api/v1/session", stage.as(ApiRole.ADMIN))
                            .statusCode())
                    .as("another token")
                    .isEqualTo(200);
            assertThat(stage.http.get("/livez").statusCode()).as("no token").isEqualTo(200);
        }
    }

    @Test
    void shouldTellHowManyRequestsAreLeft() {
        try (var stage = new GuardedStage(folder, THREE_AT_ONCE)) {
            var headers =
                    stage.http.get("/api/v1/session", stage.as(ApiRole.VIEWER)).headers();

            assertThat(headers.firstValue("RateLimit")).hasValue("\"burst\";r=2");
            assertThat(headers.firstValue("RateLimit-Policy")).hasValue("\"default\";q=1;w=1, \"burst\";q=3");
        }
    }

    @Test
    void shouldLimitBodiesByRoute() {
        try (var stage = new GuardedStage(folder)) {
            String large = "x".repeat(100_000);

            assertProblem(stage.http.send("POST", CHANGE, large, stage.as(ApiRole.ANALYST)), 413);
            var taken = stage.http.send("POST", LARGE, large, stage.as(ApiRole.ANALYST));
            assertThat(taken.statusCode()).isEqualTo(201);
            assertThat(json(taken).path("bytes").asInt()).isEqualTo(100_000);
            assertProblem(stage.http.send("POST", LARGE, large + large + large, stage.as(ApiRole.ANALYST)), 413);
            assertThat(stage.changes).hasValue(1);
        }
    }

    @Test
    void shouldAnswerAClientThatFirstSendsAllOfATooLargeBody() {
        try (var stage = new GuardedStage(folder)) {
            String head = "POST " + CHANGE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Length: 30000000\r\n";
            String body = "x".repeat(30_000_000);

            assertThat(stage.http.raw(head + "Authorization: Bearer " + stage.text(ApiRole.ADMIN) + "\r\n\r\n" + body))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(stage.http.raw(head + "\r\n" + body)).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void shouldRefuseABodyThatDoesNotTellItsLength() {
        try (var stage = new GuardedStage(folder)) {
            assertThat(stage.http.raw("POST " + CHANGE + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: Bearer " + stage.text(ApiRole.ADMIN)
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                    .startsWith("HTTP/1.1 411 ");
            assertThat(stage.changes).hasValue(0);
        }
    }

    @Test
    void shouldRefuseLimitsOfNothing() {
        assertThatThrownBy(() -> AccessSettings.open(new Settings(Map.of("weighbridge.api.requests.per.second", "0"))))
                .hasMessageContaining("weighbridge.api.requests.per.second: expected 1 or more, got 0");
    }
}
