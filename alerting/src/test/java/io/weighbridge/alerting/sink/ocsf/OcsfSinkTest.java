package io.weighbridge.alerting.sink.ocsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OcsfSinkTest {

    private static final Delivery DELIVERED = new Delivery.Delivered();

    @TempDir
    private Path folder;

    private Path file;
    private Instant now = Instant.now();

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("logs").resolve("alerts.jsonl");
    }

    @Test
    void shouldAppendOneLineForEachAlertAndGoOnAfterARestart() throws Exception {
        deliver(sink(Map.of()), "r1", "r2");
        deliver(sink(Map.of()), "r3");

        assertThat(uids(file)).hasSize(3).doesNotHaveDuplicates();
        assertThat(Files.readString(file)).endsWith("}\n");
    }

    @Test
    void shouldWriteManyAlertsAtOnceInTheirOrder() throws Exception {
        try (var sink = sink(Map.of())) {
            assertThat(sink.deliverAll(List.of(
                            TestAlerts.revision("r1", 1), TestAlerts.revision("r2", 2), TestAlerts.revision("r3", 3))))
                    .containsExactly(DELIVERED, DELIVERED, DELIVERED);
        }
        assertThat(uids(file))
                .containsExactly(
                        Occurrence.of(TestAlerts.revision("r1", 1)).id(),
                        Occurrence.of(TestAlerts.revision("r2", 2)).id(),
                        Occurrence.of(TestAlerts.revision("r3", 3)).id());
    }

    @Test
    void shouldRemoveALineThatACrashCutShort() throws Exception {
        deliver(sink(Map.of()), "r1");
        String torn = "{\"class_uid\":2004,\"text\":\"" + "x".repeat(100_000);
        Files.writeString(file, torn, StandardOpenOption.APPEND);

        deliver(sink(Map.of()), "r2");

        assertThat(uids(file)).hasSize(2);
    }

    @Test
    void shouldRemoveAFileThatIsNothingButATornLine() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"torn\":");

        deliver(sink(Map.of()), "r1");

        assertThat(uids(file)).hasSize(1);
    }

    @Test
    void shouldPutTheFileAsideBeforeItGrowsTooLarge() throws Exception {
        deliver(sink(Map.of()), "r1");
        long one = Files.size(file);

        try (var sink = sink(Map.of("max.bytes", Long.toString(2 * one + one / 2)))) {
            for (String revision : List.of("r2", "r3", "r4", "r5")) {
                now = now.plusMillis(1);
                assertThat(sink.deliver(TestAlerts.revision(revision, 1))).isEqualTo(DELIVERED);
            }
        }

        assertThat(files()).hasSize(3).allSatisfy(path -> assertThat(uids(path)).hasSizeBetween(1, 2));
        assertThat(files().stream().mapToInt(path -> uids(path).size()).sum()).isEqualTo(5);
        assertThat(files())
                .extracting(path -> path.getFileName().toString())
                .filteredOn(name -> !name.equals("alerts.jsonl"))
                .allMatch(name -> name.matches("alerts-\\d{8}T\\d{9}Z\\.jsonl"));
    }

    @Test
    void shouldPutTheFileAsideWhenItsDayIsOver() throws Exception {
        try (var sink = sink(Map.of())) {
            sink.deliver(TestAlerts.revision("r1", 1));
            sink.deliver(TestAlerts.revision("r2", 1));
            now = now.plusSeconds(86_400);
            sink.deliver(TestAlerts.revision("r3", 1));
            sink.deliver(TestAlerts.revision("r4", 1));
        }

        assertThat(files()).hasSize(2).allSatisfy(path -> assertThat(uids(path)).hasSize(2));
    }

    @Test
    void shouldKeepOneFileForEverIfItIsTold() throws Exception {
        try (var sink = sink(Map.of("daily", "false"))) {
            sink.deliver(TestAlerts.revision("r1", 1));
            now = now.plusSeconds(86_400);
            sink.deliver(TestAlerts.revision("r2", 1));
        }

        assertThat(files()).containsExactly(file);
    }

    @Test
    void shouldRefuseAFileThatAnotherProcessWrites() {
        try (var first = sink(Map.of())) {
            assertThat(first.name()).isEqualTo("ocsf");
            assertThatThrownBy(() -> sink(Map.of()))
                    .hasMessageContaining("sink ocsf: cannot write " + file)
                    .hasRootCauseMessage(file + ".lock is locked: another process writes this file");
        }
    }

    @Test
    void shouldTryAgainUntilTheFolderIsBack() throws Exception {
        try (var sink = sink(Map.of("attempts", "1000", "daily", "true"))) {
            sink.deliver(TestAlerts.revision("r1", 1));
            Path away = folder.resolve("away");
            Files.move(file.getParent(), away);
            now = now.plusSeconds(86_400); // rotating fails
            var ended = new AtomicReference<Delivery>();
            var thread = new Thread(() -> {
                try {
                    ended.set(sink.deliver(TestAlerts.revision("r2", 1)));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.start();
            Files.move(away, file.getParent());
            thread.join();
            assertThat(ended.get()).isEqualTo(DELIVERED);
        }
        assertThat(files().stream().mapToInt(path -> uids(path).size()).sum()).isEqualTo(2);
    }

    @Test
    void shouldRefuseAfterItsAttemptsAndGoOnOnceTheFolderIsBack() throws Exception {
        try (var sink = sink(Map.of("attempts", "2"))) {
            sink.deliver(TestAlerts.revision("r1", 1));
            Path away = folder.resolve("away");
            Files.move(file.getParent(), away);
            now = now.plusSeconds(86_400);
            assertThat(sink.deliver(TestAlerts.revision("r2", 1)))
                    .isInstanceOfSatisfying(
                            Delivery.Refused.class,
                            refused -> assertThat(refused.cause()).contains("given up after 2 attempts"));
            Files.move(away, file.getParent());
            assertThat(sink.deliver(TestAlerts.revision("r3", 1))).isEqualTo(DELIVERED);
        }
    }

    private OcsfSink sink(Map<String, String> more) {
        var settings = new HashMap<>(Map.of(
                "weighbridge.sink.ocsf.file", file.toString(),
                "weighbridge.sink.ocsf.first.pause", "2",
                "weighbridge.sink.ocsf.longest.pause", "20"));
        more.forEach((key, value) -> settings.put("weighbridge.sink.ocsf." + key, value));
        return new OcsfSink(OcsfSettings.of(new Settings(settings)).orElseThrow(), CaseLinks.NONE, clock());
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static void deliver(OcsfSink sink, String... revisions) throws InterruptedException {
        try (sink) {
            for (String revision : revisions) {
                assertThat(sink.deliver(TestAlerts.revision(revision, 1))).isEqualTo(DELIVERED);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(file.getParent())) {
            return all.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
    }

    /** Every line has to be JSON. */
    private static List<String> uids(Path path) {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.map(OcsfSinkTest::uid).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String uid(String line) {
        try {
            return new ObjectMapper()
                    .readTree(line)
                    .path("metadata")
                    .path("uid")
                    .asText();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
