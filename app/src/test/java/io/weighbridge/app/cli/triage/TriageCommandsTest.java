package io.weighbridge.app.cli.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of an analyst at the command line: a real broker, the alerting role running. */
class TriageCommandsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Dismissing needs a word why; every decision names who made it. */
    private static final String[] BY_ANN = {"--actor", "ann", "--reason", "seen by eye"};

    @TempDir
    private Path folder;

    private CommandStage stage;
    private Cluster cluster;
    private Roles alerting;

    @BeforeEach
    void start() throws Exception {
        stage = CommandStage.start(folder, Map.of());
        cluster = stage.cluster();
        alerting = Roles.start(Set.of(Role.ALERTING), cluster.settings(), new SimpleMeterRegistry());
        assertThat(alerting.awaitReady(LONG)).isTrue();
    }

    @AfterEach
    void stop() throws Exception {
        alerting.close();
        stage.close();
    }

    @Test
    void shouldShowDecideAndSuppress() {
        match(alert("c0ffee01", null));
        await().atMost(LONG).until(() -> state("c0ffee01") == CaseState.NEW);

        assertThat(stage.run("alerts", "show", "c0ffee")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out())
                .contains("state      NEW", "local/mallory/resnet-mini@main by mallory", "1 match in 1 revision");

        assertThat(stage.run(with(BY_ANN, "alerts", "decide", "c0ffee01", "--state", "ACTIONED")))
                .isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("state: expected one of", "nothing was decided");

        assertThat(stage.run(with(BY_ANN, "alerts", "decide", "c0ffee01", "--state", "IN_REVIEW")))
                .isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains("c0ffee01 is IN_REVIEW");
        assertThat(stage.run(with(BY_ANN, "alerts", "decide", "c0ffee01", "--state", "NEW")))
                .isEqualTo(ExitCode.NO_MATCH);

        assertThat(stage.run(with(BY_ANN, "suppressions", "add", "--owner", "mallory", "--until", "P1D")))
                .isEqualTo(ExitCode.NO_MATCH);
        String id = stage.out().substring(0, stage.out().indexOf(' '));
        await().atMost(LONG).until(() -> state("c0ffee01") == CaseState.SUPPRESSED);
        assertThat(stage.run("suppressions", "ls")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains(id, "owner mallory", "ann", "seen by eye");

        assertThat(stage.run("suppressions", "rm", id)).isEqualTo(ExitCode.NO_MATCH);
        await().atMost(LONG).until(() -> state("c0ffee01") == CaseState.NEW);
        assertThat(stage.run("suppressions", "rm", id)).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("no such suppression");
    }

    @Test
    void shouldPreviewAModelInShadowModeAndLetItGoLive() {
        protect("alice-resnet-mini");
        match(alert("5ad0", HeldReason.SHADOW));
        await().atMost(LONG).until(() -> state("5ad0") == CaseState.NEW);

        assertThat(stage.run("alerts", "ls")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).isEqualTo("No case.");
        assertThat(stage.run("protected", "preview", "alice-resnet-mini")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).contains("in shadow mode it found 1 case of 1 owner", "local/mallory/resnet-mini");

        assertThat(stage.run(with(BY_ANN, "protected", "policy", "alice-resnet-mini", "--mode", "live")))
                .isEqualTo(ExitCode.NO_MATCH);
        await().atMost(LONG).until(() -> found("5ad0").getHeld() == null);
        assertThat(cluster.reader().readAll(cluster.topics().infringementAlerts()))
                .singleElement()
                .satisfies(released -> assertThat(released.value().getHeld()).isNull());
    }

    @Test
    void shouldTellWhatIsNotThereAndWhatIsMissing() {
        assertThat(stage.run("alerts", "show", "nothing")).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("nothing: no such case");
        assertThat(stage.run("protected", "preview", "nothing")).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).contains("nothing: no such protected model");
        assertThat(stage.run(with(BY_ANN, "protected", "policy", "nothing", "--mode", "live", "--until", "P1D")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(stage.err()).contains("--until: expected with --mode disabled only");
        assertThat(stage.run(with(BY_ANN, "suppressions", "add"))).isEqualTo(ExitCode.USAGE);
        assertThat(stage.err()).contains("what to suppress");
        assertThat(stage.run(with(BY_ANN, "suppressions", "add", "--owner", "x", "--until", "P-1D")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(stage.err()).contains("expected a time to come");
    }

    /** The first words, then the options. */
    private static String[] with(String[] options, String... words) {
        var all = Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return all;
    }

    private InfringementCase found(String alertId) {
        return cluster.reader().latest(cluster.topics().infringementCases()).get(alertId);
    }

    private CaseState state(String alertId) {
        var known = found(alertId);
        return known == null ? null : known.getState();
    }

    private static InfringementAlert alert(String alertId, HeldReason held) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId(alertId)
                .setHeld(held)
                .build();
    }

    private void match(InfringementAlert alert) {
        var topics = cluster.topics();
        try (var producer = new BulkProducer(cluster)) {
            producer.send(
                    alert.getHeld() == null ? topics.infringementAlerts() : topics.heldAlerts(),
                    alert.getAlertId(),
                    alert,
                    Instant.now());
            producer.flush();
        }
    }

    private void protect(String id) {
        try (var producer = new BulkProducer(cluster)) {
            producer.send(cluster.topics().protectedModels(), id, TestRecords.protectedModel(), Instant.now());
            producer.flush();
        }
    }
}
