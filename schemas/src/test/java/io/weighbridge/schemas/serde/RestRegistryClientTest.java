package io.weighbridge.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestRegistryClientTest {

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getRawPath() + " " + authorization + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldRegisterUnderTheEscapedSubject() {
        answer(200, "{\"id\": 7}");
        assertThat(client(Map.of()).register("a/b c-value", UploadEvent.getClassSchema()))
                .isEqualTo(7);
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("POST /subjects/a%2Fb%20c-value/versions null {\"schema\":");
    }

    @Test
    void shouldSendCredentialsFromSettingsOrUrl() {
        answer(200, "{\"schema\": \"\\\"string\\\"\"}");
        client(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:secret"))
                .schema(1);
        client(Map.of("schema.registry.url", url().replace("://", "://ann:secret@")))
                .schema(1);
        assertThat(requests).containsOnly("GET /schemas/ids/1 Basic YW5uOnNlY3JldA== ");
    }

    @Test
    void shouldTryAgainAfterAFailureThatMayPass() {
        answer(503, "starting");
        answer(500, "{\"error_code\": 50001, \"message\": \"store\"}");
        answer(200, "{\"schema\": \"\\\"string\\\"\"}");
        assertThat(client(Map.of()).schema(1).toString()).isEqualTo("\"string\"");
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldGoOnToTheNextUrlAndStayThere() {
        answer(200, "{\"schema\": \"\\\"string\\\"\"}");
        RegistryClient client = client(Map.of("schema.registry.url", "http://127.0.0.1:1, " + url()));
        client.schema(1);
        client.schema(2);
        assertThat(requests).hasSize(2);
    }

    @Test
    void shouldGiveUpAfterTheRetriesAndSayWhere() {
        answer(503, "starting");
        assertThatThrownBy(() -> client(Map.of("max.retries", "2")).schema(5))
                .isInstanceOf(RegistryUnavailableException.class)
                .isNotInstanceOf(SerializationException.class)
                .hasMessage("schema registry at " + url()
                        + "/schemas/ids/5: HTTP 503, error code 503: no JSON in the answer");
        assertThat(requests).hasSize(3);
    }

    @Test
    void shouldTellARefusalFromAnOutage() {
        assertRefused(404, 40403, "{\"error_code\": 40403, \"message\": \"Schema 5 not found\"}");
        assertRefused(409, 409, "{\"error_code\": 409, \"message\": \"incompatible\"}");
        assertRefused(422, 42201, "{\"error_code\": 42201, \"message\": \"not a schema\"}");
        assertRefused(200, 200, "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message\"}");
        assertRefused(200, 200, "{\"schema\": \"not a schema\"}");
        assertUnavailable(401, "{\"error_code\": 401, \"message\": \"Unauthorized\"}");
        assertUnavailable(404, "<html>no such page at this proxy</html>");
        assertUnavailable(404, "{\"error_code\": 404, \"message\": \"HTTP 404 Not Found\"}");
        assertUnavailable(200, "<html>please log in</html>");
    }

    private void assertRefused(int status, int code, String body) {
        answers.clear();
        answer(status, body);
        assertThatThrownBy(() -> client(Map.of()).schema(5))
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        e -> assertThat(e.errorCode()).isEqualTo(code));
    }

    private void assertUnavailable(int status, String body) {
        answers.clear();
        answer(status, body);
        assertThatThrownBy(() -> client(Map.of()).schema(5)).isInstanceOf(RegistryUnavailableException.class);
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private RegistryClient client(Map<String, String> more) {
        var config = new TreeMap<>(Map.of("schema.registry.url", url(), "retries.wait.ms", "1"));
        config.putAll(more);
        return RegistryClient.of(SerdeConfig.of(config, false));
    }
}
