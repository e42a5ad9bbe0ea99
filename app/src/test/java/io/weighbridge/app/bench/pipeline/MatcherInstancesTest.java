package io.weighbridge.app.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.OwnCluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.hash.Algorithms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Matchers in processes of their own that join, leave and die in the middle of a stream. */
class MatcherInstancesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int MODELS = 40;
    private static final int UPLOADS = 800;
    private static final double PER_SECOND = 80;

    /** A copy of each task's state at another instance; the dead noticed soon. */
    private static final Map<String, String> SETTINGS = Map.of(
            "num.standby.replicas", "1",
            "session.timeout.ms", "3000",
            "heartbeat.interval.ms", "500",
            "producer.transaction.timeout.ms", "4000",
            "weighbridge.matcher.partitions", "4");

    private final MadeUpCodes codes =
            new MadeUpCodes("upload", 20261124, MODELS, .3, Algorithms.all().subList(0, 2));

    @TempDir
    private Path folder;

    private OwnCluster own;
    private Cluster cluster;

    @BeforeEach
    void startCluster() throws IOException {
        own = OwnCluster.start(folder, Map.of());
        cluster = own.cluster();
    }

    @AfterEach
    void stopCluster() throws IOException {
        own.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenInstancesJoinLeaveAndDie() throws Exception {
        var expected = codes.matches(MODELS, UPLOADS);
        try (var watch = AlertWatch.on(cluster);
                var feed = new CodeFeed(cluster);
                var killed = instance("killed");
                var leaving = instance("leaving")) {
            feed.protect(codes, 0, MODELS / 2);
            killed.awaitReady(PATIENCE);
            leaving.awaitReady(PATIENCE);
            var feeding = CompletableFuture.runAsync(() -> uploadAtRate(feed));
            try (var joining = instance("joining")) {
                assertThat(watch.awaitCount(expected.size() / 8, PATIENCE)).isTrue();
                killed.kill();
                protectTheRest();
                assertThat(watch.awaitCount(expected.size() / 2, PATIENCE)).isTrue();
                leaving.terminate();
                assertThat(watch.size()).as("left in the middle").isLessThan(expected.size());
                feeding.join();
                joining.kill();
            }
            try (var last = instance("last")) {
                last.awaitReady(PATIENCE);
                assertThat(watch.await(expected, PATIENCE)).isTrue();
            }
            assertThat(watch.difference(expected).unexpected()).isEmpty();
            assertThat(watch.difference(expected).doubled()).isZero();
            assertThat(expected).hasSizeGreaterThan(UPLOADS / 4);
        }
        assertThat(cluster.reader().readAll(cluster.topics().heldAlerts())).isEmpty();
        assertThat(cluster.reader().readAll(cluster.topics().deadLetters())).isEmpty();
    }

    private void uploadAtRate(CodeFeed feed) {
        try {
            feed.upload(codes, 0, UPLOADS, PER_SECOND);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** They match what was uploaded before as well. */
    private void protectTheRest() {
        try (var feed = new CodeFeed(cluster)) {
            feed.protect(codes, MODELS / 2, MODELS);
        }
    }

    private RoleInstance instance(String name) throws IOException {
        return RoleInstance.start(
                cluster.settings(), folder.resolve(name), SETTINGS, List.of("-XX:TieredStopAtLevel=1"), Role.MATCHER);
    }
}
