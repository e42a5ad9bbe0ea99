package io.weighbridge.app.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.bench.pipeline.CodeFeed;
import io.weighbridge.app.bench.pipeline.CodePair;
import io.weighbridge.app.bench.pipeline.MadeUpCodes;
import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.life.Ports;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A matcher whose index its settings do not fit any more, and the way out: a real broker, matcher and alerting. */
class ResetCommandTest {

    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int MODELS = 3;
    private static final int UPLOADS = 12;
    private static final String MATCHER = "weighbridge-matcher";

    private static final int STRICT_BITS = 170;

    /** Another threshold is another layout of the index. */
    private static final Map<String, String> STRICTER =
            Map.of("weighbridge.matcher.threshold.pri@3", Integer.toString(STRICT_BITS));

    private final MadeUpCodes codes =
            new MadeUpCodes("upload", 20261130, MODELS, .5, Algorithms.all().subList(0, 2));

    @TempDir
    private Path folder;

    private CommandStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = CommandStage.start(folder, Map.of("weighbridge.matcher.partitions", "2"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void shouldLetAMatcherStartThatItsIndexKeptFromStarting() throws Exception {
        Set<CodePair> expected = codes.matches(MODELS, UPLOADS);
        try (var alerting = role(Role.ALERTING, Map.of())) {
            assertThat(alerting.awaitReady(LONG)).isTrue();
            try (var matcher = role(Role.MATCHER, Map.of());
                    var feed = new CodeFeed(stage.cluster())) {
                assertThat(matcher.awaitReady(LONG)).isTrue();
                feed.protect(codes, 0, MODELS);
                feed.upload(codes, 0, UPLOADS);
                await().atMost(LONG).until(() -> alerts().size() == expected.size());
                shouldRefuseWhileItRuns();
            }
            await().atMost(LONG).until(() -> occurrences(cases().values()) == expected.size());
            var before = cases();

            shouldNotStartWithAnotherLayout();
            shouldTellAndThenDo();
            try (var matcher = role(Role.MATCHER, STRICTER)) {
                assertThat(matcher.awaitReady(LONG)).isTrue();
                int strict = (int)
                        expected.stream().filter(ResetCommandTest::isStrict).count();
                assertThat(strict).isBetween(1, expected.size() - 1);
                await().atMost(LONG).until(() -> alerts().size() == expected.size() + strict);
            }
            shouldHaveDoubledNothing(before);
        }
    }

    /** That of {@code up} is in its data folder, and stops with it. */
    @Test
    void shouldRunTheBrokerOfAStackThatIsStopped() throws Exception {
        stage.close();
        String port = Integer.toString(Ports.free().http());
        assertThat(stage.runAlone("reset", "hasher", "--data", folder.toString(), "--port", port, "--dry-run"))
                .as(stage.err())
                .isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains("Would reset hasher", "model-uploads.v1", "Nothing was changed");
        stage = CommandStage.start(folder, Map.of());
        assertThat(topics()).contains("model-uploads.v1");
    }

    private void shouldRefuseWhileItRuns() {
        assertThat(stage.run("reset", "matcher", "--data", folder.toString(), "--yes"))
                .isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("group " + MATCHER + ": expected no members, got " + MATCHER);
        assertThat(topics()).contains(MATCHER + "-substrings-repartition");
        assertThat(stage.run("reset", "matcher", "--data", folder.toString())).isEqualTo(ExitCode.USAGE);
    }

    private void shouldNotStartWithAnotherLayout() throws Exception {
        try (var matcher = role(Role.MATCHER, STRICTER)) {
            assertThatThrownBy(() -> matcher.requireReady(LONG)).hasMessageStartingWith("a role has failed: {matcher=");
        }
    }

    private void shouldTellAndThenDo() {
        Path state = folder.resolve("state").resolve(MATCHER);
        String[] dry = {"reset", "matcher", "--data", folder.toString(), "--dry-run"};
        await().atMost(LONG).until(() -> {
            stage.run(dry);
            return !stage.out().contains("has a member");
        });
        assertThat(stage.out())
                .contains("Would reset matcher", "topic deleted    " + MATCHER + "-substrings-repartition")
                .contains("schemas deleted  " + MATCHER + "-substrings-repartition-value")
                .contains("folder deleted   " + state, "Every sink reads the alert topic", "Nothing was changed");
        assertThat(state).isDirectory();

        assertThat(stage.run("reset", "matcher", "--data", folder.toString(), "--yes"))
                .as(stage.err())
                .isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).startsWith("Reset matcher").doesNotContain("Nothing was changed");
        assertThat(Files.exists(state)).isFalse();
        assertThat(topics()).noneMatch(topic -> topic.startsWith(MATCHER + "-"));
        assertThat(stage.run(dry)).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).doesNotContain("topic deleted", "schemas deleted");
        assertThat(topics()).contains("model-codes.v1", "weighbridge-alerting-cases-changelog");
    }

    /** Every alert came again under its id, and no case took it for another match. */
    private void shouldHaveDoubledNothing(Map<String, InfringementCase> before) throws Exception {
        // Whatever the alerting role still has to read is behind this in its topics.
        await().during(Duration.ofSeconds(2)).atMost(LONG).untilAsserted(() -> {
            assertThat(cases()).isEqualTo(before);
            assertThat(cases().keySet())
                    .containsExactlyInAnyOrderElementsOf(alerts().stream()
                            .map(InfringementAlert::getAlertId)
                            .distinct()
                            .toList());
        });
        assertThat(stage.cluster().reader().readAll(stage.cluster().topics().deadLetters()))
                .isEmpty();
    }

    private static boolean isStrict(CodePair pair) {
        return !pair.algorithm().equals("pri@3") || pair.distanceBits() <= STRICT_BITS;
    }

    private Roles role(Role role, Map<String, String> more) {
        return Roles.start(Set.of(role), stage.settings().with(more), new SimpleMeterRegistry());
    }

    private List<InfringementAlert> alerts() {
        return stage.cluster().reader().readAll(stage.cluster().topics().infringementAlerts()).stream()
                .map(entry -> entry.value())
                .toList();
    }

    private Map<String, InfringementCase> cases() {
        return stage.cluster().reader().latest(stage.cluster().topics().infringementCases());
    }

    private static long occurrences(Collection<InfringementCase> cases) {
        return cases.stream().mapToLong(InfringementCase::getOccurrences).sum();
    }

    private Set<String> topics() {
        try (var admin = stage.cluster().admin()) {
            return admin.listTopics().names().get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
