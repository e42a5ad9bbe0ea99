package io.weighbridge.app.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.embedded.RegistryHttp;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.app.operate.acl.Party;
import io.weighbridge.app.operate.doctor.Doctor;
import io.weighbridge.app.operate.doctor.Finding;
import io.weighbridge.app.operate.doctor.Finding.Level;
import io.weighbridge.schemas.TestRecords;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that is well, and then one thing after the other that is not. */
class DoctorCommandTest {

    @TempDir
    private Path folder;

    private CommandStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = CommandStage.start(folder, Map.of("weighbridge.topics.retention", "P90D"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void shouldFindAStackThatRunsWellAndTellWhatIsWrongWithOneThatDoesNot() throws Exception {
        stage.write(stage.cluster().topics().infringementAlerts(), "known", TestRecords.infringementAlert());
        try (var alerting = Roles.start(Set.of(Role.ALERTING), stage.settings(), new SimpleMeterRegistry())) {
            assertThat(alerting.awaitReady(Duration.ofSeconds(90))).isTrue();
            shouldFindAllWell();
        }
        shouldTellOfSchemasThatDoNotFit();
        shouldTellOfTopics();
        shouldTellOfARegistryThatIsDown();
        shouldTellOfClocks();
    }

    private void shouldFindAllWell() {
        assertThat(doctor("--role", "alerting")).as(stage.out()).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out())
                .contains("OK    settings  those of alerting can be read")
                .contains("OK    broker    " + stage.broker().bootstrapServers() + " answers: 1 broker")
                .contains("OK    rights    this user may do what alerting does")
                .contains("OK    groups    alerting: group weighbridge-alerting is Stable, 1 member, 0 records behind")
                .contains("OK    registry  " + stage.registry().url() + " answers; it knows ")
                .contains("that of the registry")
                .contains("that of the brokers")
                .contains("0 failed");

        assertThat(doctor("--format", "json")).as(stage.out()).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out().lines())
                .allMatch(line -> line.startsWith("{\"level\":"))
                .anyMatch(line -> line.contains("14 of 14 are there"))
                .anyMatch(line -> line.contains("hasher has not run yet") && line.contains("\"WARN\""));
    }

    private void shouldTellOfSchemasThatDoNotFit() {
        var registry = new RegistryHttp(stage.registry().url());
        registry.postSchema("/subjects/model-uploads.v1-value/versions", "\"string\"");
        assertThat(doctor()).isEqualTo(ExitCode.FAILED_CHECK);
        assertThat(stage.out())
                .contains("FAIL  registry  model-uploads.v1-value: the schema of this build is not compatible");
    }

    private void shouldTellOfTopics() throws Exception {
        Path longer = folder.resolve("longer.properties");
        Files.writeString(longer, "weighbridge.topics.retention=P365D\n");
        doctor("--config", longer.toString());
        assertThat(stage.out())
                .contains("WARN  topics    model-codes.v1: kept for PT2160H, weighbridge.topics.retention is PT8760H");
        try (var admin = stage.cluster().admin()) {
            admin.deleteTopics(List.of("held-alerts.v1", "suppressions.v1"))
                    .all()
                    .get();
            admin.createTopics(List.of(new NewTopic("suppressions.v1", Optional.of(3), Optional.empty())
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        assertThat(doctor()).isEqualTo(ExitCode.FAILED_CHECK);
        assertThat(stage.out())
                .contains("FAIL  topics    held-alerts.v1: missing: run `weighbridge topics create`")
                .contains("FAIL  topics    suppressions.v1: partitions: expected 4 as the others have, got 3")
                .contains("12 of 14 are there");
    }

    private void shouldTellOfARegistryThatIsDown() throws Exception {
        String nobody = "http://127.0.0.1:" + unusedPort();
        assertThat(stage.runAlone(
                        "doctor",
                        "--bootstrap-servers",
                        stage.broker().bootstrapServers(),
                        "--schema-registry",
                        nobody,
                        "--management",
                        nobody))
                .isEqualTo(ExitCode.FAILED_CHECK);
        assertThat(stage.out())
                .contains("FAIL  registry  no schema registry answers at " + nobody, "-> start it")
                .contains("FAIL  process   no process answers at " + nobody);
    }

    private void shouldTellOfClocks() {
        for (int hours : List.of(-1, 1)) {
            var clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
            var findings = new ArrayList<Finding>();
            new Doctor(stage.settings(), List.of(Role.MATCHER), Party.OPERATOR, folder, Optional.<URI>empty(), clock)
                    .examine(findings::add);
            assertThat(findings)
                    .filteredOn(finding -> finding.check().equals("clock") && finding.level() == Level.FAIL)
                    .extracting(Finding::detail)
                    .hasSize(hours < 0 ? 3 : 2)
                    .filteredOn(detail -> detail.matches("this machine's clock is 3(599|600|601) s "
                            + (hours < 0 ? "behind" : "ahead of") + " that of the (registry|brokers)"))
                    .hasSize(2);
        }
    }

    @Test
    void shouldTellOfBrokersThatAreDownAndOfSettingsThatAreWrong() throws Exception {
        Path config = folder.resolve("hurried.properties");
        Files.writeString(config, "default.api.timeout.ms=1500\nrequest.timeout.ms=1000\n");
        String nobody = "127.0.0.1:" + unusedPort();
        assertThat(stage.runAlone(
                        "doctor",
                        "--config",
                        config.toString(),
                        "--bootstrap-servers",
                        nobody,
                        "--schema-registry",
                        stage.registry().url()))
                .isEqualTo(ExitCode.FAILED_CHECK);
        assertThat(stage.out())
                .contains("FAIL  broker    no Kafka broker answers at " + nobody + " with security.protocol PLAINTEXT")
                .contains("WARN  broker    topics, rights and groups were not looked at")
                .contains("OK    registry");

        Files.writeString(config, "weighbridge.scan.threads=many\n");
        assertThat(stage.run("doctor", "--config", config.toString())).isEqualTo(ExitCode.FAILED_CHECK);
        assertThat(stage.out())
                .containsOnlyOnce("FAIL  settings  weighbridge.scan.threads: expected a whole number")
                .contains("1 failed");
        assertThat(stage.run("doctor", "--config", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.ERROR);
    }

    private int doctor(String... options) {
        var all = new ArrayList<>(List.of("doctor", "--data", folder.toString()));
        all.addAll(List.of(options));
        return stage.run(all.toArray(String[]::new));
    }

    private static int unusedPort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
