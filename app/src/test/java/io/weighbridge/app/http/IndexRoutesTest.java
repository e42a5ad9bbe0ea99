package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.index.IndexGateway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over two matchers whose answers the test writes. */
class IndexRoutesTest {

    private static final String LOOKUP = "/api/v1/lookup?code=pri@3:" + "0".repeat(16);

    @TempDir
    private Path folder;

    private final List<HttpServer> matchers = new ArrayList<>();
    private WebStage stage;

    @BeforeEach
    void open() throws IOException {
        matchers.add(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        matchers.add(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        stage = new WebStage(Map.of(IndexGateway.ADDRESSES, address(0)));
    }

    @AfterEach
    void close() {
        stage.close();
        matchers.forEach(matcher -> matcher.stop(0));
    }

    @Test
    void shouldAskTheInstancesThatTheFirstOneNames() {
        serve(0, "/lookup", 200, answer(0, part(0, 1, model("far", 9)), part(1, 0)));
        serve(1, "/lookup", 200, answer(1, part(2, 1, model("near", 3))));

        var found = json(stage.http.get(LOOKUP));

        assertThat(found.path("indexComplete").asBoolean()).isTrue();
        assertThat(found.path("found").asInt()).isEqualTo(2);
        assertThat(found.at("/models/0/id").asText()).isEqualTo("near");
        assertThat(found.at("/models/0/marginBits").asInt()).isEqualTo(1);
        assertThat(found.at("/models/0/isMatch").asBoolean()).isTrue();
        assertThat(found.at("/models/1/id").asText()).isEqualTo("far");
        assertThat(found.at("/models/1/marginBits").asInt()).isEqualTo(-5);
        assertThat(found.at("/models/1/isMatch").asBoolean()).isFalse();
        assertThat(found.at("/baselines").size()).isEqualTo(1);
        assertThat(found.at("/nearestBaseline/id").asText()).isEqualTo("public");
    }

    @Test
    void shouldNotCountAPartitionTwiceThatIsMoving() {
        serve(0, "/lookup", 200, answer(0, part(0, 1, model("a", 1)), part(1, 0), part(2, 1, model("b", 2))));
        serve(1, "/lookup", 200, answer(1, part(2, 1, model("b", 2))));

        assertThat(json(stage.http.get(LOOKUP)).path("found").asInt()).isEqualTo(2);
    }

    @Test
    void shouldRefuseToAnswerForAnIncompleteIndex() throws IOException {
        serve(0, "/lookup", 200, answer(0, part(0, 1, model("a", 1)), part(1, 0)));
        serve(1, "/lookup", 503, "{\"detail\": \"no matcher runs here, or not yet\"}");

        var response = stage.http.get(LOOKUP);

        assertProblem(response, 503);
        assertThat(json(response).path("indexComplete").asBoolean(true)).isFalse();
        assertThat(json(response).path("missingPartitions")).hasToString("[2]");
        assertThat(json(response).path("detail").asText())
                .contains("partitions [2] of 3 are not answered for", address(1) + ": no matcher runs here");
        assertThat(run(2, "lookup", "pri@3:" + "0".repeat(16))).contains("partitions [2] of 3 are not answered for");
        assertThat(run(2, "lookup", "pri@3:" + "0".repeat(16), "--format", "json"))
                .contains("\"indexComplete\":false");
    }

    @Test
    void shouldSayThatNoMatcherAnswers() {
        matchers.get(0).stop(0);

        assertProblem(stage.http.get(LOOKUP), 503);
        assertProblem(stage.http.get("/api/v1/index"), 503);
        assertThat(json(stage.http.get(LOOKUP)).path("detail").asText()).contains("no matcher answers: " + address(0));
    }

    @Test
    void shouldPassOnWhatTheMatcherFindsWrong() {
        serve(0, "/lookup", 400, "{\"detail\": \"radius: expected 0 to 64 bits, got 65\"}");

        var response = stage.http.get(LOOKUP + "&radius=65");

        assertProblem(response, 400);
        assertThat(json(response).path("detail").asText()).contains("radius: expected 0 to 64");
        assertProblem(stage.http.get("/api/v1/lookup"), 400);
        assertProblem(stage.http.get("/api/v1/lookup?code=pri@3"), 400);
        assertProblem(stage.http.get("/api/v1/lookup?code=pri@3:00&radios=3"), 400);
        assertProblem(stage.http.get(LOOKUP + "&limit=0"), 400);
    }

    @Test
    void shouldTellWhatIsMissingAndHowFarItIsRestored() throws IOException {
        serve(
                0,
                "/index",
                200,
                head(0) + ", \"baselineMarginBits\": 1, \"algorithms\": [], \"local\": ["
                        + "{\"partition\": 0, \"state\": \"ACTIVE\", \"newestAppliedAt\": \"2026-01-01T00:00:00Z\", \"pendingSearches\": 2,"
                        + " \"codes\": [" + codes("PROTECTED", 0, 5) + "," + codes("UPLOAD", 0, 7)
                        + "], \"quarantined\": []},"
                        + "{\"partition\": 1, \"state\": \"RESTORING\", \"restored\": 10, \"toRestore\": 1000, \"codes\": []}]}");
        serve(
                1,
                "/index",
                200,
                head(1) + ", \"local\": ["
                        + "{\"partition\": 2, \"state\": \"ACTIVE\", \"newestAppliedAt\": \"2026-01-01T00:00:00.5Z\", \"pendingSearches\": 1,"
                        + " \"codes\": [" + codes("PROTECTED", 1, 6) + "," + codes("UPLOAD", 1, 7)
                        + "], \"quarantined\": ["
                        + "{\"id\": \"greedy\", \"name\": \"n\", \"owner\": \"o\", \"algorithm\": \"pri@3\", \"heldAlerts\": 4}]}]}");

        var status = json(stage.http.get("/api/v1/index"));

        assertThat(status.path("indexComplete").asBoolean(true)).isFalse();
        assertThat(status.path("missingPartitions")).hasToString("[1]");
        assertThat(status.path("newestAppliedAt").asText()).isEqualTo("2026-01-01T00:00:00.5Z");
        assertThat(status.path("pendingSearches").asInt()).isEqualTo(3);
        assertThat(status.at("/codes/0/side").asText()).isEqualTo("PROTECTED");
        assertThat(status.at("/codes/0/codes").asInt()).isEqualTo(11);
        assertThat(status.at("/codes/1/codes").asInt()).as("at each position").isEqualTo(7);
        assertThat(status.at("/codes/1/entries").asInt()).isEqualTo(14);
        assertThat(status.at("/codes/1/bytesPerCode").asInt()).isEqualTo(200);
        assertThat(run(2, "index", "status"))
                .contains(
                        "INCOMPLETE: of 3 partitions 1 do not answer: [1]", "restoring, 10 of 1,000 records", "greedy");
    }

    private void serve(int matcher, String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        matchers.get(matcher).createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        if (matchers.get(matcher).getExecutor() == null) {
            matchers.get(matcher).start();
        }
    }

    private String address(int matcher) {
        return "127.0.0.1:" + matchers.get(matcher).getAddress().getPort();
    }

    private String head(int self) {
        return "{\"self\": \"" + address(self) + "\", \"instances\": [\"" + address(0) + "\", \"" + address(1)
                + "\"], \"partitions\": 3";
    }

    private String answer(int self, String... parts) {
        return head(self) + ", \"algorithm\": \"pri@3\", \"bits\": 64, \"radiusBits\": 10, \"thresholdBits\": 10,"
                + " \"baselineMarginBits\": 1, \"answers\": [" + String.join(",", parts) + "]}";
    }

    private static String part(int partition, int found, String... models) {
        return "{\"partition\": " + partition + ", \"found\": " + found + ", \"models\": [" + String.join(",", models)
                + "], \"baselines\": [" + model("public", 4) + "], \"nearestBaseline\": " + model("public", 4) + "}";
    }

    private static String model(String id, int distanceBits) {
        return "{\"id\": \"" + id + "\", \"distanceBits\": " + distanceBits + ", \"falseMatchRate\": 1e-9}";
    }

    private static String codes(String side, int position, int entries) {
        return "{\"algorithm\": \"pri@3\", \"place\": \"pri@3/0" + position + "/0\", \"mode\": \"scan\", \"side\": \""
                + side + "\", \"entries\": " + entries + ", \"bytes\": " + entries * 100 + "}";
    }

    private String run(int expectedExit, String... arguments) throws IOException {
        var config = Files.writeString(
                folder.resolve("api.properties"), "weighbridge.api.url=http://127.0.0.1:" + stage.server.port());
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        var out = new StringWriter();
        int exit = Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        assertThat(exit).as(out.toString()).isEqualTo(expectedExit);
        return out.toString();
    }
}
