package io.weighbridge.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cases of a real broker; other tests may have left theirs beside them. */
@Timeout(120)
class AlertsExportCommandTest {

    private static final Instant OLD = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant RECENT = Instant.parse("2026-04-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeCases() throws Exception {
        TestCluster.shared().createProductTopics(2);
        var topic = Topics.of(TestCluster.shared().settings()).infringementCases();
        Map<String, Object> config =
                Map.of("bootstrap.servers", TestCluster.shared().bootstrapServers());
        try (var producer = new KafkaProducer<>(
                config, new StringSerializer(), topic.value().serializer())) {
            for (InfringementCase found : List.of(
                    found("export-old", CaseState.NEW, OLD, null),
                    found("export-decided", CaseState.NEW, RECENT, null),
                    found("export-decided", CaseState.CLOSED, RECENT, null),
                    found("export-held", CaseState.NEW, RECENT, HeldReason.SHADOW),
                    found("export-gone", CaseState.NEW, RECENT, null))) {
                producer.send(new ProducerRecord<>(topic.name(), found.getAlertId(), found))
                        .get();
            }
            producer.send(new ProducerRecord<>(topic.name(), "export-gone", null))
                    .get();
        }
    }

    @Test
    void shouldWriteTheLastStateOfEachCase() throws Exception {
        assertThat(ids()).containsExactlyInAnyOrder("export-old", "export-decided");
        assertThat(findings().stream()
                        .filter(finding ->
                                finding.at("/finding_info/uid").asText().equals("export-decided"))
                        .map(finding -> finding.path("status").asText()))
                .containsExactly("Resolved");
    }

    @Test
    void shouldWriteOnlyWhatIsAskedFor() throws Exception {
        assertThat(ids("--since", "2026-03-15")).containsExactly("export-decided");
        assertThat(ids("--since", "2026-04-01T00:00:01Z")).isEmpty();
        assertThat(ids("--state", "NEW")).containsExactly("export-old");
        assertThat(ids("--state", "NEW,CLOSED", "--held"))
                .containsExactlyInAnyOrder("export-old", "export-decided", "export-held");
    }

    @Test
    void shouldWriteAFileWholeAndInPlaceOfAnOlderOne() throws Exception {
        Path file = Files.writeString(folder.resolve("cases.sarif"), "older");

        assertThat(run("--format", "sarif", "--out", file.toString())).isZero();

        JsonNode log = new ObjectMapper().readTree(file.toFile());
        assertThat(log.at("/runs/0/results").findValuesAsText("weighbridge/alertId"))
                .contains("export-old", "export-decided");
        assertThat(out.toString()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldWriteCsv() throws Exception {
        assertThat(run("--format", "csv", "--state", "CLOSED")).isZero();

        assertThat(out.toString().lines().toList().get(0)).startsWith("alertId,state,");
        assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("export-decided,CLOSED,"));
    }

    @Test
    void shouldLeaveNoFileWhenItFails() throws Exception {
        Path file = folder.resolve("cases.csv");

        assertThat(Weighbridge.commandLine()
                        .setErr(new PrintWriter(err))
                        .execute(
                                "alerts",
                                "export",
                                "--format",
                                "csv",
                                "--out",
                                file.toString(),
                                "--bootstrap-servers",
                                TestCluster.shared().bootstrapServers(),
                                "--schema-registry",
                                "http://127.0.0.1:1"))
                .isEqualTo(ExitCode.ERROR);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithATimeOrAForm() {
        assertThat(run("--format", "csv", "--since", "yesterday")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("expected a time such as 2026-11-30");
        assertThat(run("--format", "xml")).isEqualTo(ExitCode.USAGE);
        assertThat(run()).isEqualTo(ExitCode.USAGE);
    }

    private List<String> ids(String... options) throws Exception {
        return findings(options).stream()
                .map(finding -> finding.at("/finding_info/uid").asText())
                .filter(id -> id.startsWith("export-"))
                .toList();
    }

    private List<JsonNode> findings(String... options) throws Exception {
        out.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of("--format", "ocsf"));
        all.addAll(List.of(options));
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        var findings = new ArrayList<JsonNode>();
        for (String line : out.toString().lines().toList()) {
            findings.add(new ObjectMapper().readTree(line));
        }
        return findings;
    }

    private int run(String... options) {
        var all = new ArrayList<>(List.of(
                "alerts",
                "export",
                "--bootstrap-servers",
                TestCluster.shared().bootstrapServers(),
                "--schema-registry",
                TestCluster.shared().registryUrl()));
        all.addAll(List.of(options));
        return Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private static InfringementCase found(String id, CaseState state, Instant seenAt, HeldReason held) {
        return InfringementCase.newBuilder(TestRecords.infringementCase())
                .setAlertId(id)
                .setBest(InfringementAlert.newBuilder(TestRecords.infringementAlert())
                        .setAlertId(id)
                        .build())
                .setState(state)
                .setHeld(held)
                .setLastSeenAt(seenAt)
                .build();
    }
}
