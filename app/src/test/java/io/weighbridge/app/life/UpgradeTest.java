package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This version on the data of earlier ones, as {@code upgrade/make-fixture.sh} kept them: topics, places of groups, local state. */
class UpgradeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Path FIXTURES = Path.of("src/test/resources/upgrade");

    @TempDir
    private Path folder;

    private final Ports ports = Ports.free();

    @BeforeEach
    void extractModels() throws IOException {
        DemoSet.load().extractTo(folder.resolve("models"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"schemas-v3", "schemas-v4"})
    void shouldGoOnWhereTheOlderVersionStopped(String version) throws Exception {
        unpack(version);
        try (var stack = start();
                var publisher = cluster().publisher()) {
            assertThat(stack.ready()).isTrue();

            shouldEndTheDownloadThatWasUnderWay();
            shouldFindACopyOfAModelThatWasProtectedBefore(publisher);
            shouldFindACopyThatWasUploadedBefore(publisher);
            shouldHaveDoneNothingTwice();
        }
    }

    /** The matcher says what to do, and what was protected then is protected again: its codes are compared with none of today. */
    @ParameterizedTest
    @ValueSource(strings = {"schemas-v1", "schemas-v2"})
    void shouldGoOnWithAnotherLayoutOnceTheMatcherIsReset(String version) throws Exception {
        unpack(version);
        try (var log = new LogCapture(Map.of())) {
            assertThatThrownBy(this::start).hasMessageStartingWith("a role has failed: ");
            assertThat(log.text()).contains("role.unfit", "`weighbridge reset matcher`");
        }
        assertThat(Weighbridge.commandLine()
                        .setOut(new PrintWriter(Writer.nullWriter()))
                        .execute("reset", "matcher", "--yes", "--data", data().toString(), "--port", "" + ports.http()))
                .isZero();
        try (var stack = start();
                var publisher = cluster().publisher()) {
            assertThat(stack.ready()).isTrue();

            shouldEndTheDownloadThatWasUnderWay();
            publisher.protect(protect("lenet"));
            shouldFindACopyOfAModelThatWasProtectedBefore(publisher);
        }
    }

    @Test
    void shouldKeepDecisions() throws Exception {
        unpack("schemas-v4");
        try (var stack = start()) {
            assertThat(stack.ready()).isTrue();
            assertThat(cases().values())
                    .filteredOn(found -> protectedId(found.getBest()).equals("vgg"))
                    .extracting(InfringementCase::getState)
                    .containsExactly(CaseState.IN_REVIEW);
        }
    }

    /** Its host is gone, or may not be asked any more; either way the upload comes to one outcome. */
    private void shouldEndTheDownloadThatWasUnderWay() {
        await().atMost(PATIENCE).until(() -> outcomes().containsKey("mallory/never"));
    }

    private void shouldFindACopyOfAModelThatWasProtectedBefore(Publisher publisher) throws IOException {
        publisher.upload(upload("lenet-quantised-8.zip"));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(alerts()).containsEntry("after/lenet-quantised-8.zip", List.of("lenet")));
    }

    private void shouldFindACopyThatWasUploadedBefore(Publisher publisher) throws IOException {
        publisher.protect(protect("mobile"));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alerts()).containsEntry("mallory/mobile-original", List.of("mobile")));
    }

    private void shouldHaveDoneNothingTwice() {
        assertThat(alerts())
                .containsOnlyKeys(
                        "mallory/lenet-pruned-70-retrained",
                        "mallory/vgg-finetuned",
                        "mallory/mobile-original",
                        "after/lenet-quantised-8.zip");
        assertThat(outcomes())
                .hasSize(10)
                .allSatisfy((name, of) -> assertThat(of).as(name).hasSize(1))
                .hasEntrySatisfying(
                        "mallory/broken-truncated",
                        of -> assertThat(of.get(0).getOutcome()).isEqualTo(Outcome.MALFORMED));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cases()).hasSize(4));
        var raised = all(cluster().topics().infringementAlerts());
        assertThat(cases())
                .allSatisfy((id, found) -> assertThat(raised)
                        .filteredOn(alert -> alert.getAlertId().equals(id))
                        .as(found.getBest().getUpload().getRepo())
                        .hasSize(found.getOccurrences()));
        assertThat(all(cluster().topics().deadLetters())).isEmpty();
    }

    private LocalStack start() throws IOException, InterruptedException {
        return LocalStack.start(settings(), data(), ports, AccessSettings.open(settings()), line -> {});
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Settings settings() {
        return new Settings(Map.of(
                "bootstrap.servers", ports.bootstrapServers(),
                "schema.registry.url", ports.registryUrl(),
                // The fixtures age.
                "weighbridge.matcher.retention", "P36500D",
                "weighbridge.fetch.attempts", "1",
                "weighbridge.sink.log", "false"));
    }

    private Cluster cluster() {
        return Cluster.connect(settings());
    }

    private UploadEvent upload(String model) throws IOException {
        return UploadEvent.newBuilder()
                .setId(Publisher.newId())
                .setHub("local")
                .setRepo("after/" + model)
                .setRevision("1")
                .setOwner("after")
                .setUploader("after")
                .setFiles(List.of(FileAddress.local(folder.resolve("models").resolve(model))))
                .setUploadedAt(now())
                .build();
    }

    private ProtectedModel protect(String model) throws IOException {
        return ProtectedModel.newBuilder()
                .setId(model)
                .setName(model)
                .setOwner("borealis")
                .setFile(FileAddress.local(folder.resolve("models/" + model + "-original.zip")))
                .setProtectedAt(now())
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private <V extends SpecificRecord> List<V> all(Topic<String, V> topic) {
        return cluster().reader().readAll(topic).stream()
                .map(entry -> entry.value())
                .toList();
    }

    /** Protected models by repository of the upload, each as often as there are alerts of one algorithm. */
    private Map<String, List<String>> alerts() {
        return all(cluster().topics().infringementAlerts()).stream()
                .filter(alert -> alert.getAlgorithm().equals("iwp"))
                .collect(Collectors.groupingBy(
                        alert -> alert.getUpload().getRepo(),
                        TreeMap::new,
                        Collectors.mapping(UpgradeTest::protectedId, Collectors.toList())));
    }

    private static String protectedId(InfringementAlert alert) {
        return alert.getProtectedModel().getId();
    }

    private Map<String, List<ScanOutcome>> outcomes() {
        return all(cluster().topics().scanOutcomes()).stream()
                .collect(Collectors.groupingBy(
                        outcome -> outcome.getUpload() == null
                                ? outcome.getProtectedModel().getId()
                                : outcome.getUpload().getRepo(),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private Map<String, InfringementCase> cases() {
        return cluster().reader().latest(cluster().topics().infringementCases());
    }

    private void unpack(String version) throws IOException, InterruptedException {
        Path data = Files.createDirectories(data());
        var tar = new ProcessBuilder(
                        "tar", "-xzf", FIXTURES.resolve(version + ".tar.gz").toString(), "-C", data.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
    }
}
