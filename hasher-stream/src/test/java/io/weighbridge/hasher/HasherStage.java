package io.weighbridge.hasher;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The hasher topology in a test driver with real stores, its scanner directed by the test. */
final class HasherStage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final StagedScanner scanner = new StagedScanner();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<TestRecord<String, ScanOutcome>> outcomes = new ArrayList<>();
    final HasherSettings settings;
    final ScanPool pool;
    final TopologyTestDriver driver;

    private final Path folder;
    private boolean isOpen = true;

    HasherStage(Path folder, Map<String, String> others) {
        this.folder = folder;
        settings = settings(folder, others);
        pool = ScanPool.open(settings, meters, scanner);
        driver = new TopologyTestDriver(HasherTopology.build(settings, pool), settings.streams(), Instant.now());
    }

    /** Closes this stage, and opens another in its folder with these settings. */
    HasherStage reopenWith(Map<String, String> others) {
        close();
        return new HasherStage(folder, others);
    }

    /** Four threads, and nothing outside the folder. */
    static HasherSettings settings(Path folder, Map<String, String> others) {
        var values = new HashMap<>(Map.of(
                "state.dir", folder.resolve("state").toString(),
                "weighbridge.fetch.file.roots", folder.toString(),
                "weighbridge.fetch.spool.dir", folder.resolve("spool").toString(),
                "weighbridge.scan.threads", "4",
                "weighbridge.scan.hash.threads", "4"));
        values.putAll(others);
        return HasherSettings.from(TestTopics.mock().with(values));
    }

    Topics topics() {
        return settings.topics();
    }

    <V> TestInputTopic<String, V> in(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
    }

    <V> TestOutputTopic<String, V> out(Topic<String, V> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.key().deserializer(), topic.value().deserializer());
    }

    List<TestRecord<String, ModelCode>> codes() {
        return out(topics().modelCodes()).readRecordsToList();
    }

    List<TestRecord<String, ModelCode>> protectedCodes() {
        return out(topics().protectedCodes()).readRecordsToList();
    }

    static Map<String, String> attributes(Headers headers) {
        return Arrays.stream(headers.toArray())
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    /** An upload of files that are written here first, each given as path and content. */
    UploadEvent upload(String repo, String revision, String... pathsAndContents) {
        var files = new ArrayList<ModelFile>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.add(file(pathsAndContents[i], pathsAndContents[i + 1]));
        }
        return UploadEvent.newBuilder()
                .setId(repo + "@" + revision)
                .setHub("local")
                .setRepo(repo)
                .setRevision(revision)
                .setOwner("mallory")
                .setFiles(files)
                .setUploadedAt(Instant.parse("2026-02-03T04:05:06Z"))
                .build();
    }

    void publish(UploadEvent... uploads) {
        Arrays.stream(uploads)
                .forEach(upload -> in(topics().modelUploads()).pipeInput("local/" + upload.getRepo(), upload));
    }

    ProtectedModel protectedModel(String id, String path, String content) {
        return ProtectedModel.newBuilder()
                .setId(id)
                .setName(id)
                .setOwner("alice")
                .setFile(file(path, content))
                .setProtectedAt(Instant.parse("2026-01-01T00:00:00Z"))
                .build();
    }

    ModelFile file(String path, String content) {
        try {
            var file = Files.writeString(folder.resolve(path), content);
            return ModelFile.newBuilder()
                    .setPath(path)
                    .setUrl(file.toUri().toString())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets time pass until there are so many outcomes in all. */
    List<TestRecord<String, ScanOutcome>> awaitOutcomes(int count) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> {
                    tick();
                    return outcomes.size() >= count;
                });
        return outcomes;
    }

    void awaitBegun(String path) {
        await().atMost(PATIENCE).until(() -> scanner.begun().contains(path));
    }

    /** Lets the punctuator look once. */
    void tick() {
        driver.advanceWallClockTime(Duration.ofMillis(100));
        outcomes.addAll(out(topics().scanOutcomes()).readRecordsToList());
    }

    /** Ids of the uploads that have ended, in order. */
    List<String> ended() {
        return outcomes.stream()
                .map(record -> record.value().getUpload().getId())
                .toList();
    }

    Outcome onlyOutcome() {
        return awaitOutcomes(1).get(0).value().getOutcome();
    }

    /** The value, over all lanes. */
    double gauge(String name) {
        return meters.get(name).gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    void closeTasks() {
        if (isOpen) {
            isOpen = false;
            driver.close();
        }
    }

    @Override
    public void close() {
        closeTasks();
        pool.close();
    }
}
