package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.Ports;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code /metrics} of a stack tells that protected a model, found a copy, had a decision on it, and refused a file. Run once in a JVM. */
final class RunningStack {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final class Once {
        private static final Scrape SCRAPE = run();
    }

    private final Path folder;
    private final Ports ports = Ports.free();

    private RunningStack(Path folder) {
        this.folder = folder;
    }

    static Scrape scrape() {
        return Once.SCRAPE;
    }

    private static Scrape run() {
        try {
            return new RunningStack(Files.createTempDirectory(Path.of("target"), "running-stack-")).use();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Scrape use() throws IOException, InterruptedException {
        DemoSet.load().extractTo(folder.resolve("models"));
        var settings = new Settings(Map.of(
                "bootstrap.servers",
                ports.bootstrapServers(),
                "schema.registry.url",
                ports.registryUrl(),
                "weighbridge.sink.log",
                "false",
                "weighbridge.sink.ocsf.file",
                folder.resolve("findings.jsonl").toString()));
        try (var stack =
                LocalStack.start(settings, folder.resolve("data"), ports, AccessSettings.open(settings), line -> {})) {
            command(0, "protect", model("lenet-original.zip"), "--id", "lenet", "--owner", "acme");
            command(1, "upload", model("lenet-pruned-70-retrained.zip"), "--repo", "mallory/copy", "--wait");
            command(3, "upload", model("language-model.gguf"), "--repo", "mallory/odd", "--wait");
            String alert = new ObjectMapper()
                    .readTree(command(0, "alerts", "ls", "--format", "json"))
                    .path("alertId")
                    .asText();
            command(0, "alerts", "decide", alert, "--state", "IN_REVIEW", "--reason", "to be looked at");
            await().atMost(PATIENCE).until(() -> isComplete(metrics()));
            assertThat(stack.ready()).isTrue();
            return metrics();
        }
    }

    /** Sinks, decisions and the brokers' word on groups come a little later. */
    private static boolean isComplete(Scrape scrape) {
        return scrape.sum("weighbridge_sink_deliveries_total") > 0
                && scrape.sum("weighbridge_cases_decisions_total") > 0
                && scrape.sum("weighbridge_group_members") > 0;
    }

    private Scrape metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(ports.managementUrl() + "/metrics"))
                .build();
        return Scrape.parse(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private String model(String name) {
        return folder.resolve("models").resolve(name).toString();
    }

    private String command(int expectedExit, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--port", Integer.toString(ports.http())));
        var out = new StringWriter();
        int exit = Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        assertThat(exit).as("%s: %s", all, out).isEqualTo(expectedExit);
        return out.toString();
    }
}
