package io.weighbridge.app.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.bench.pipeline.AlertWatch;
import io.weighbridge.app.bench.pipeline.CodeFeed;
import io.weighbridge.app.bench.pipeline.MadeUpCodes;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.hash.Algorithms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live system with real brokers, whose alerts are found again. */
class ReplayTest {

    private static final int MODELS = 20;
    private static final int UPLOADS = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MadeUpCodes codes =
            new MadeUpCodes("upload", 20261130, MODELS, .4, Algorithms.all().subList(0, 2));

    @TempDir
    private Path folder;

    private OwnCluster own;
    private Cluster live;
    private Instant begin;

    /** Half of the models are protected before the uploads, half after; then comes what lies behind the range. */
    @BeforeEach
    void liveThrough() throws Exception {
        own = OwnCluster.start(
                folder, Map.of("state.dir", folder.resolve("state").toString(), "weighbridge.matcher.partitions", "3"));
        live = own.cluster();
        begin = Instant.now();
        try (var watch = AlertWatch.on(live);
                var feed = new CodeFeed(live);
                var matcher = Roles.start(Set.of(Role.MATCHER), live.settings(), new SimpleMeterRegistry())) {
            assertThat(matcher.awaitReady(PATIENCE)).isTrue();
            feed.protect(codes, 0, MODELS / 2);
            feed.upload(codes, 0, UPLOADS);
            feed.protect(codes, MODELS / 2, MODELS);
            assertThat(watch.await(codes.matches(MODELS, UPLOADS), PATIENCE)).isTrue();
        }
    }

    @AfterEach
    void stop() throws IOException {
        own.close();
    }

    @Test
    void shouldFindEveryAlertAgainToTheByteOnAnyNumberOfMatchersAndFromFiles() throws Exception {
        var end = Instant.now().plusSeconds(1);
        var one = replay("one", end, Map.of("weighbridge.matcher.partitions", "3"), 1, new TopicSource(live));
        var two = replay("two", end, Map.of("weighbridge.matcher.partitions", "3"), 2, new TopicSource(live));
        var archive = archive(end);
        var archived = replay("archived", end, Map.of("weighbridge.matcher.partitions", "3"), 1, archive);

        assertThat(one.isSame()).isTrue();
        assertThat(one.alerts()).hasSameSizeAs(codes.matches(MODELS, UPLOADS)).isNotEmpty();
        for (String file : new String[] {ReplayFiles.ALERTS, ReplayFiles.DIFF, ReplayFiles.MANIFEST}) {
            assertThat(folder.resolve("two").resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
        }
        assertThat(two.isSame()).isTrue();
        assertThat(archived.isSame()).isTrue();
        assertThat(folder.resolve("archived").resolve(ReplayFiles.ALERTS))
                .hasSameBinaryContentAs(folder.resolve("one").resolve(ReplayFiles.ALERTS));
        assertThat(archived.inputs())
                .extracting(InputDigest.Input::sha256)
                .isEqualTo(one.inputs().stream().map(InputDigest.Input::sha256).toList());
    }

    @Test
    void shouldTellWhatAnotherThresholdWouldHaveChanged() throws Exception {
        var stricter = replay(
                "stricter",
                Instant.now().plusSeconds(1),
                Map.of("weighbridge.matcher.threshold.pri@3", "10", "weighbridge.matcher.threshold.iwp@2", "10"),
                1,
                new TopicSource(live));

        assertThat(stricter.isSame()).isFalse();
        assertThat(stricter.alerts()).allMatch(found -> found.alert().getDistanceBits() <= 10);
        assertThat(stricter.diff().stream().filter(line -> line.fate() == AlertDiff.Fate.MISSING))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.reason()).endsWith("bits are above the threshold of 10 now"));
    }

    @Test
    void shouldGoOnWhereItWasBrokenOff() throws Exception {
        var end = Instant.now().plusSeconds(1);
        var work = folder.resolve("broken-off");
        var plan = new ReplayPlan(ReplayInput.CODES, begin, end, Map.of(), 1);
        RecordSource failing = new FailingSource(new TopicSource(live), "infringement-alerts.v1");
        assertThat(assertThrows(
                        IOException.class,
                        () -> new Replay(plan, live.settings(), failing, work, (step, done, total) -> {}).run()))
                .hasMessage("the connection was cut");

        var result = new Replay(plan, live.settings(), new TopicSource(live), work, (step, done, total) -> {}).run();

        assertThat(result.isSame()).isTrue();
        assertThat(result.alerts()).hasSameSizeAs(codes.matches(MODELS, UPLOADS));
    }

    @Test
    void shouldSignTheManifestSoThatOthersCanTell() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path pem = folder.resolve("key.pem");
        Files.writeString(
                pem,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        var result = new ReplayResult(
                new ReplayPlan(ReplayInput.CODES, begin, begin.plusSeconds(1), Map.of(), 1),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        ReplayFiles.write(result, folder.resolve("signed"), "1", Optional.of(SigningKey.read(pem)));

        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));
        verifier.update(Files.readAllBytes(folder.resolve("signed").resolve(ReplayFiles.MANIFEST)));
        assertThat(verifier.verify(Files.readAllBytes(folder.resolve("signed").resolve(ReplayFiles.SIGNATURE))))
                .isTrue();
    }

    private Archive archive(Instant end) throws IOException {
        var archive = new Archive(folder.resolve("archive"));
        var topics = live.topics();
        var source = new TopicSource(live);
        archive.export(source, topics.modelCodes(), Instant.EPOCH, end);
        archive.export(source, topics.protectedCodes(), Instant.EPOCH, end);
        archive.export(source, topics.infringementAlerts(), Instant.EPOCH, end);
        archive.export(source, topics.heldAlerts(), Instant.EPOCH, end);
        return archive;
    }

    private ReplayResult replay(
            String name, Instant end, Map<String, String> policy, int instances, RecordSource source) throws Exception {
        var plan = new ReplayPlan(ReplayInput.CODES, begin, end, policy, instances);
        var result = new Replay(
                        plan, live.settings(), source, folder.resolve(name + "-work"), (step, done, total) -> {})
                .run();
        ReplayFiles.write(result, folder.resolve(name), "test", Optional.empty());
        return result;
    }
}
