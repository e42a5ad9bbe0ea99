package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.HangingTransaction;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up}, with the commands that talk to it. */
class LocalStackTest {

    @TempDir
    private Path folder;

    private final Ports ports = Ports.free();

    @BeforeEach
    void extractModels() throws IOException {
        DemoSet.load().extractTo(folder.resolve("models"));
    }

    @Test
    void shouldKeepItsDataOverARestart() throws Exception {
        try (var stack = start()) {
            assertThat(stack.ready()).isTrue();
            assertThat(get(ports.managementUrl() + "/readyz")).contains("\"hasher\":\"RUNNING\"");
            assertThat(get(ports.managementUrl() + "/metrics")).contains("kafka_stream_", "weighbridge_index_entries");
            assertThat(run(0, "protect", model("lenet-original.zip"), "--id", "lenet", "--owner", "acme"))
                    .contains("protected lenet");
            assertThat(run(1, "upload", model("lenet-pruned-70-retrained.zip"), "--repo", "mallory/first", "--wait"))
                    .contains("MATCH", "lenet");
        }
        try (var stack = start()) {
            assertThat(stack.live()).isTrue();
            assertThat(run(1, "upload", model("lenet-permuted-rescaled.safetensors"), "--repo", "m/second", "--wait"))
                    .contains("m/second", "MATCH", "lenet");
            assertThat(run(0, "upload", model("lenet-stranger.zip"), "--wait")).contains("NO_MATCH");
            assertThat(run(0, "alerts", "ls"))
                    .contains("mallory/first", "m/second")
                    .doesNotContain("stranger");
            assertThat(run(0, "scans", "ls")).contains("lenet-stranger.zip");
            assertThat(run(0, "protected", "ls")).contains("lenet", "HASHED");
            assertThat(run(0, "protected", "rm", "lenet")).contains("withdrawn");
            assertThat(run(0, "upload", model("lenet-original.zip"), "--repo", "m/third", "--wait"))
                    .contains("NO_MATCH");
            assertThat(run(0, "topics", "check")).doesNotContain("missing");
        }
    }

    @Test
    void shouldEndWhatABrokerThatWasKilledLeftHanging() throws Exception {
        var alerts = new TopicPartition("infringement-alerts.v1", 0);
        try (var broker = Broker.start(folder.resolve("data").resolve("broker"), ports.broker())) {
            new TopicAdmin(Cluster.connect(settings())).create();
            try (var transaction =
                    HangingTransaction.open(Map.of("bootstrap.servers", broker.bootstrapServers()), alerts)) {
                transaction.hang();
                assertThat(run(2, "topics", "transactions")).contains("infringement-alerts.v1-0: hanging");
            }
        }
        try (var stack = start()) {
            assertThat(stack.ready()).isTrue();
            assertThat(run(0, "topics", "transactions")).contains("0 of concern");
        }
    }

    @Test
    void shouldSayWhichSettingIsWrongAndLeaveNothingRunning() {
        var wrong = Map.of("weighbridge.scan.threads", "many");

        assertThatThrownBy(() -> LocalStack.start(
                        settings().with(wrong),
                        folder.resolve("data"),
                        ports,
                        AccessSettings.open(settings()),
                        line -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weighbridge.scan.threads: expected a whole number, 0 or more, got many");
        assertThatThrownBy(() -> get(ports.registryUrl() + "/subjects")).isInstanceOf(IOException.class);
    }

    private LocalStack start() throws IOException, InterruptedException {
        return LocalStack.start(settings(), folder.resolve("data"), ports, AccessSettings.open(settings()), line -> {});
    }

    private Settings settings() {
        return new Settings(Map.of(
                "bootstrap.servers", ports.bootstrapServers(),
                "schema.registry.url", ports.registryUrl(),
                "weighbridge.sink.log", "false"));
    }

    private String model(String name) {
        return folder.resolve("models").resolve(name).toString();
    }

    private String run(int expectedExit, String... arguments) {
        var out = new StringWriter();
        var withPort = Arrays.copyOf(arguments, arguments.length + 2);
        withPort[arguments.length] = "--port";
        withPort[arguments.length + 1] = Integer.toString(ports.http());
        int exit = Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(withPort);
        assertThat(exit).as(out.toString()).isEqualTo(expectedExit);
        return out.toString();
    }

    private static String get(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
