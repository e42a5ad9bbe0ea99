package io.weighbridge.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.UploadEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that publish many events, to a real broker. */
class PublishingCommandsTest {

    private static final String COMMIT = "89abcdef01".repeat(4);

    @TempDir
    private Path folder;

    private CommandStage stage;
    private Cluster cluster;

    @BeforeEach
    void start() throws Exception {
        stage = CommandStage.start(folder, Map.of());
        cluster = stage.cluster();
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void shouldPublishAListOnceHoweverOftenItIsRun() throws Exception {
        Path model = Files.write(folder.resolve("a.safetensors"), new byte[] {1, 2, 3});
        Path list = Files.writeString(
                folder.resolve("models.txt"),
                "# of last year\n" + model + "\nhttps://example.org/b.bin alice/b v1\n\n" + folder.resolve("gone.pt"));
        Path journal = folder.resolve("done.txt");

        assertThat(backfill("--list", list, "--rate", "1000", "--journal", journal))
                .isEqualTo(ExitCode.ERROR);
        assertThat(stage.out()).contains("published 2, skipped 0", "1 could not be read");
        assertThat(stage.err()).contains("gone.pt: no such file");
        assertThat(backfill("--list", list, "--rate", "1000", "--journal", journal))
                .isEqualTo(ExitCode.ERROR);
        assertThat(stage.out()).contains("published 0, skipped 2");

        assertThat(backfilled())
                .extracting(event -> event.getRepo() + "@" + event.getRevision())
                .containsExactlyInAnyOrder("local/a.safetensors@039058c6f2c0", "alice/b@v1");
        assertThat(cluster.reader().readAll(cluster.topics().modelUploads())).isEmpty();
    }

    @Test
    void shouldPublishNothingOfAListWithLinesOfAnotherForm() throws Exception {
        Path list = Files.writeString(folder.resolve("models.txt"), "https://example.org/a.bin\n/a b\n/a b/c 1 2\n");

        assertThat(backfill("--list", list)).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("line 2: expected ADDRESS [OWNER/NAME [REVISION]], got /a b", "line 3:");
        assertThat(backfilled()).isEmpty();
        assertThat(backfill("--list", list, "--rate", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldPublishTheModelsOfAHub() throws Exception {
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.createContext("/api/models", exchange -> {
            byte[] models = ("[{\"id\":\"acme/one\",\"sha\":\"" + COMMIT + "\"},{\"id\":\"acme/two\"}]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, models.length);
            try (exchange) {
                exchange.getResponseBody().write(models);
            }
        });
        hub.start();
        try {
            Path config = Files.writeString(
                    folder.resolve("hub.properties"),
                    "weighbridge.fetch.hf.endpoint=http://127.0.0.1:"
                            + hub.getAddress().getPort() + "\nweighbridge.fetch.allow.private.addresses=true\n");

            assertThat(backfill("--hub-models", "--dry-run", "--config", config))
                    .isEqualTo(ExitCode.NO_MATCH);
            assertThat(stage.out()).contains("would publish 2");
            assertThat(backfilled()).isEmpty();
            assertThat(backfill("--hub-models", "--rate", "1000", "--hub", "hf", "--config", config))
                    .isEqualTo(ExitCode.NO_MATCH);
        } finally {
            hub.stop(0);
        }
        assertThat(backfilled())
                .extracting(event -> event.getHub() + " " + event.getRepo() + " "
                        + event.getFiles().get(0).getUrl())
                .containsExactlyInAnyOrder("hf acme/one hf://acme/one@" + COMMIT, "hf acme/two hf://acme/two@main");
    }

    @Test
    void shouldImportWhatWasExported() throws Exception {
        Path list = Files.writeString(folder.resolve("models.txt"), "https://example.org/b.bin alice/b v1\n");
        backfill("--list", list);
        var decisions = cluster.topics().caseDecisions();
        var headers = new RecordHeaders().add("traceparent", new byte[] {1, 2}).add("traceparent", null);
        try (var producer = new BulkProducer(cluster)) {
            producer.send(decisions, "a1", TestRecords.caseDecision(), Instant.now(), headers);
        }
        var before = cluster.reader().readAll(cluster.topics().modelUploadsBackfill());
        Path archive = folder.resolve("archive");

        assertThat(run("topics", "export", "--out", archive)).isEqualTo(ExitCode.NO_MATCH);
        assertThat(run("topics", "import", archive)).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("model-uploads-backfill.v1: expected an empty topic, got records");
        assertThat(run("topics", "import", archive, "--append")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains("model-uploads-backfill.v1: 1 record", "suppressions.v1: 0 records");

        var after = cluster.reader().readAll(cluster.topics().modelUploadsBackfill());
        assertThat(after).hasSize(2);
        assertThat(after).extracting(Entry::value).allMatch(before.get(0).value()::equals);
        assertThat(after)
                .extracting(Entry::timestamp)
                .containsOnly(before.get(0).timestamp());
        assertThat(after).extracting(Entry::key).containsOnly("local/alice/b");
        assertThat(cluster.reader().readAll(decisions))
                .extracting(Entry::headers)
                .containsExactly(headers, headers);
    }

    private List<UploadEvent> backfilled() {
        return cluster.reader().readAll(cluster.topics().modelUploadsBackfill()).stream()
                .map(Entry::value)
                .toList();
    }

    private int backfill(Object... arguments) {
        return run(Stream.concat(Stream.of("backfill"), Stream.of(arguments)).toArray());
    }

    private int run(Object... arguments) {
        return stage.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }
}
