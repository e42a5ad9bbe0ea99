package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {

    private WebStage stage;

    @BeforeEach
    void open() {
        stage = new WebStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/css/base.css",
                "/app.js",
                "/icon.svg",
                "/api/v1/uploads",
                "/api/v1/none",
                "/livez",
                "/topology",
                "/api/v1/uploads?limit=0"
            })
    void shouldSendSecurityHeadersWithEveryAnswer(String path) {
        var headers = stage.http.get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api/v1",
                "/api/v1/uploads/none",
                "/api/v1/alerts/none",
                "/topology/none",
                "/api/v1/protected/none",
                "/web/index.html",
                "/..%2fapp.js"
            })
    void shouldAnswerWithAProblemWhereNothingIs(String path) {
        var response = stage.http.get(path);

        assertProblem(response, response.statusCode());
        assertThat(response.statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=x",
                "limit=-1",
                "limit=",
                "limit=1&limit=2",
                "cursor=x",
                "cursor=",
                "limits=3",
                "limit=99999999999"
            })
    void shouldRefuseBadParameters(String query) {
        var response = stage.http.get("/api/v1/uploads?" + query);

        assertProblem(response, 400);
        assertThat(json(response).path("detail").asText()).contains("expected");
    }

    @Test
    void shouldRefuseParametersWhereThereAreNone() {
        assertProblem(stage.http.get("/api/v1/summary?verbose=1"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void shouldRefuseEveryMethodThatWrites(String method) {
        var response = stage.http.send(method, "/api/v1/uploads");

        assertProblem(response, 405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void shouldAnswerHeadWithoutABody() {
        var response = stage.http.send("HEAD", "/api/v1/summary");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8470",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "[::2]:80",
                "10.0.0.1"
            })
    void shouldRefuseAnotherHostsNameOnLoopback(String host) {
        assertThat(stage.http.raw("GET /api/v1/summary HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421 ")
                .contains("application/problem+json")
                .doesNotContain("received");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8470", "127.0.0.1:1", "[::1]:8470", "[::1]"})
    void shouldAllowTheNamesOfThisMachine(String host) {
        assertThat(stage.http.raw("GET /api/v1/summary HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nBad Header\r\n\r\n"
            })
    void shouldAnswerMalformedRequestsWithAProblem(String request) {
        assertThat(stage.http.raw(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json")
                .contains("Content-Security-Policy")
                .doesNotContain("Jetty");
    }
}
