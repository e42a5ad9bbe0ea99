package io.weighbridge.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads of a live system, fetched and hashed again. */
class ReplayUploadsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> UPLOADS = List.of(
            "lenet-pruned-70-retrained.zip",
            "lenet-permuted-rescaled.safetensors",
            "lenet-stranger.zip",
            "broken-truncated.zip");

    @TempDir
    private Path folder;

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private OwnCluster own;
    private Cluster live;
    private Path models;

    @BeforeEach
    void liveThrough() throws Exception {
        models = folder.resolve("models");
        DemoSet.load().extractTo(models);
        own = OwnCluster.start(
                folder,
                Map.of(
                        "state.dir", folder.resolve("state").toString(),
                        "weighbridge.fetch.file.roots", models.toString(),
                        "weighbridge.fetch.spool.dir", folder.resolve("spool").toString()));
        live = own.cluster();
        try (var roles =
                        Roles.start(EnumSet.of(Role.HASHER, Role.MATCHER), live.settings(), new SimpleMeterRegistry());
                var publisher = live.publisher()) {
            assertThat(roles.awaitReady(PATIENCE)).isTrue();
            publisher.protect(protectedModel());
            for (String name : UPLOADS) {
                publisher.upload(upload(name));
            }
            await().atMost(PATIENCE)
                    .until(() ->
                            live.reader().readAll(live.topics().scanOutcomes()).size() == 1 + UPLOADS.size());
            await().atMost(PATIENCE)
                    .until(() -> live.reader()
                                    .readAll(live.topics().infringementAlerts())
                                    .size()
                            >= 2);
        }
    }

    @AfterEach
    void stop() throws IOException {
        own.close();
    }

    @Test
    void shouldHashEverythingAgainToTheSameBytesOnAnyNumberOfInstances() throws Exception {
        var steps = new ArrayList<String>();
        var one = replay("one", 1, steps);
        var two = replay("two", 2, new ArrayList<>());

        assertThat(one.outcomes()).hasSize(1 + UPLOADS.size());
        assertThat(one.diff()).isNotEmpty();
        assertThat(one.isSame()).isTrue();
        assertThat(two.isSame()).isTrue();
        for (String file : new String[] {ReplayFiles.ALERTS, ReplayFiles.DIFF, ReplayFiles.OUTCOMES}) {
            assertThat(folder.resolve("two").resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
        assertThat(steps).contains("hashing protected models 1 of 1", "hashing 5 of 5");
    }

    @Test
    void shouldTellWhichFilesAreOthersNow() throws Exception {
        Files.delete(models.resolve("lenet-pruned-70-retrained.zip"));
        Files.copy(
                models.resolve("vgg-stranger.zip"),
                models.resolve("lenet-stranger.zip"),
                StandardCopyOption.REPLACE_EXISTING);

        var result = replay("changed", 1, new ArrayList<>());

        assertThat(result.isSame()).isFalse();
        assertThat(reasons(result, "lenet-pruned-70-retrained.zip")).contains("HASHED then, UNREACHABLE");
        assertThat(reasons(result, "lenet-stranger.zip")).contains("HASHED then, DIGEST_MISMATCH");
        assertThat(result.diff())
                .filteredOn(line -> line.fate() == AlertDiff.Fate.MISSING)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.reason()).startsWith("the upload is UNREACHABLE"));
        assertThat(result.diff())
                .filteredOn(line -> line.fate() == AlertDiff.Fate.SAME)
                .isNotEmpty();
    }

    private static String reasons(ReplayResult result, String repo) {
        return result.outcomes().stream()
                .filter(line -> line.now().getUpload() != null
                        && line.now().getUpload().getRepo().endsWith(repo))
                .map(OutcomeDiff.Line::reason)
                .findFirst()
                .orElseThrow();
    }

    private ReplayResult replay(String name, int instances, List<String> steps) throws Exception {
        var plan = new ReplayPlan(ReplayInput.UPLOADS, begin, Instant.now().plusSeconds(1), Map.of(), instances);
        var result = new Replay(
                        plan,
                        live.settings(),
                        new TopicSource(live),
                        folder.resolve(name + "-work"),
                        (step, done, total) -> steps.add(step + " " + done + " of " + total))
                .run();
        ReplayFiles.write(result, folder.resolve(name), "test", Optional.empty());
        return result;
    }

    private ProtectedModel protectedModel() throws IOException {
        return ProtectedModel.newBuilder()
                .setId("lenet")
                .setName("lenet")
                .setOwner("acme")
                .setFile(FileAddress.local(models.resolve("lenet-original.zip")))
                .setProtectedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private UploadEvent upload(String name) throws IOException {
        return UploadEvent.newBuilder()
                .setId(Publisher.newId())
                .setHub("test")
                .setRepo("mallory/" + name)
                .setRevision("1")
                .setOwner("mallory")
                .setUploader("mallory")
                .setFiles(List.of(FileAddress.local(models.resolve(name))))
                .setUploadedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }
}
