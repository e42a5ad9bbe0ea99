package io.weighbridge.app;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.app.bench.pipeline.RoleInstance;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Drain;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole stream with the models that ship with the program, its processes killed in the middle. */
class EndToEndTest {

    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private OwnCluster own;
    private DemoSet set;
    private Cluster cluster;
    private final Map<String, DemoModel> modelByUpload = new HashMap<>();

    /** A broker of its own: the test counts everything that is in the topics. */
    @BeforeEach
    void startCluster() throws IOException {
        set = DemoSet.load();
        set.extractTo(folder.resolve("models"));
        own = OwnCluster.start(folder, Map.of());
        cluster = own.cluster();
    }

    @AfterEach
    void stopCluster() throws IOException {
        own.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItsProcessesAreKilled() throws Exception {
        try (var publisher = cluster.publisher()) {
            try (var first = allRoles()) {
                protectOriginals(publisher);
                for (int round = 0; round < ROUNDS; round++) {
                    uploadAll(publisher, "round-" + round);
                }
                await().atMost(PATIENCE)
                        .until(() -> outcomes().size() > set.uploads().size() / 2);
                first.kill();
            }
            assertThat(outcomes().size()).as("killed in the middle").isLessThan(modelByUpload.size());
            uploadAll(publisher, "while-down");
            try (var second = allRoles()) {
                await().atMost(PATIENCE)
                        .until(() -> !second.isAlive() || outcomes().size() >= modelByUpload.size());
                try (Admin admin = cluster.admin()) {
                    assertThat(new Drain(admin, cluster.settings()).await(PATIENCE))
                            .isTrue();
                }
            }
        }
        assertOneOutcomeForEachUpload();
        assertAlertsAreThoseOfAPlainScan();
        assertThat(cluster.reader().readAll(cluster.topics().deadLetters())).isEmpty();
    }

    /** With a single scanning thread, so that work piles up. */
    private RoleInstance allRoles() throws IOException {
        var settings = Map.of(
                "session.timeout.ms", "6000",
                "weighbridge.fetch.file.roots", "/",
                "weighbridge.scan.threads", "1",
                "weighbridge.sink.log", "false");
        return RoleInstance.start(
                cluster.settings(),
                folder.resolve("roles"),
                settings,
                List.of("-XX:TieredStopAtLevel=1"),
                Role.values());
    }

    private void assertOneOutcomeForEachUpload() {
        var byUpload =
                outcomes().stream().collect(groupingBy(scan -> scan.getUpload().getId(), counting()));
        assertThat(byUpload.keySet()).isEqualTo(modelByUpload.keySet());
        assertThat(byUpload.values()).containsOnly(1L);
        for (ScanOutcome scan : outcomes()) {
            var expected = modelByUpload.get(scan.getUpload().getId()).expected();
            var hashed = Set.of(DemoModel.Expected.MATCH, DemoModel.Expected.NO_MATCH)
                    .contains(expected);
            assertThat(scan.getOutcome().name()).isEqualTo(hashed ? Outcome.HASHED.name() : expected.name());
        }
    }

    private void assertAlertsAreThoseOfAPlainScan() {
        var expected = new ArrayList<String>();
        var oracle = new PlainScan(set, folder.resolve("models"));
        modelByUpload.forEach(
                (upload, model) -> oracle.matchesOf(model).forEach(match -> expected.add(upload + " " + match)));
        assertThat(alerts()).containsExactlyInAnyOrderElementsOf(expected).isNotEmpty();
    }

    private List<String> alerts() {
        return cluster.reader().readAll(cluster.topics().infringementAlerts()).stream()
                .map(entry -> describe(entry.value()))
                .toList();
    }

    private static String describe(InfringementAlert alert) {
        return alert.getUpload().getId() + " " + alert.getProtectedModel().getId() + " " + alert.getAlgorithm() + "@"
                + alert.getVersion() + " " + alert.getDistanceBits();
    }

    private List<ScanOutcome> outcomes() {
        return cluster.reader().readAll(cluster.topics().scanOutcomes()).stream()
                .map(entry -> entry.value())
                .filter(scan -> scan.getUpload() != null)
                .collect(Collectors.toList());
    }

    private void protectOriginals(Publisher publisher) throws Exception {
        try (var tracker = new ProtectionTracker(cluster)) {
            for (DemoModel model : set.protectedModels()) {
                var event = ProtectedModel.newBuilder()
                        .setId(model.id())
                        .setName(model.description())
                        .setOwner(model.owner())
                        .setFile(FileAddress.local(fileOf(model)))
                        .setProtectedAt(now())
                        .build();
                publisher.protect(event);
                assertThat(tracker.await(event, PATIENCE))
                        .map(ScanOutcome::getOutcome)
                        .contains(Outcome.HASHED);
            }
        }
    }

    private void uploadAll(Publisher publisher, String revision) throws IOException {
        for (DemoModel model : set.uploads()) {
            var event = UploadEvent.newBuilder()
                    .setId(Publisher.newId())
                    .setHub("test")
                    .setRepo(model.id())
                    .setRevision(revision)
                    .setOwner(model.owner())
                    .setFiles(List.of(FileAddress.local(fileOf(model))))
                    .setUploadedAt(now())
                    .build();
            modelByUpload.put(event.getId(), model);
            publisher.upload(event);
        }
    }

    private Path fileOf(DemoModel model) {
        return folder.resolve("models").resolve(model.file());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
