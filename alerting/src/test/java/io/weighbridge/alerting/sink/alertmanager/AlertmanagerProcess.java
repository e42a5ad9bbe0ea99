package io.weighbridge.alerting.sink.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Debian's prometheus-alertmanager, which notifies one receiver at once. */
final class AlertmanagerProcess implements AutoCloseable {

    private static final String BINARY = "prometheus-alertmanager";

    private final Path folder;
    private final int port = freePort();
    private Process process;

    private AlertmanagerProcess(Path folder) {
        this.folder = folder;
    }

    /** Not yet started. Skips the test, saying so, where there is none, unless {@code WEIGHBRIDGE_REQUIRE_PEERS} is true. */
    static AlertmanagerProcess notifying(String receiverUrl, Path folder) throws IOException {
        if (binary().isEmpty()) {
            String message = "SKIPPED: alerts were not sent to a real Alertmanager; install " + BINARY;
            System.err.println("RealAlertmanagerTest " + message);
            assertThat(System.getenv("WEIGHBRIDGE_REQUIRE_PEERS")).as(message).isNotEqualTo("true");
            Assumptions.abort(message);
        }
        Files.writeString(folder.resolve("alertmanager.yml"), """
                route:
                  receiver: test
                  group_by: [alert_id]
                  group_wait: 0s
                  group_interval: 1s
                receivers:
                  - name: test
                    webhook_configs:
                      - url: %s
                """.formatted(receiverUrl));
        return new AlertmanagerProcess(folder);
    }

    void start() throws IOException {
        process = new ProcessBuilder(
                        binary().orElseThrow().toString(),
                        "--config.file=" + folder.resolve("alertmanager.yml"),
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
    }

    void awaitReady() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> get("/-/ready").startsWith("OK"));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The alerts that it has. */
    JsonNode alerts() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get("/api/v2/alerts"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static Optional<Path> binary() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, BINARY))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
