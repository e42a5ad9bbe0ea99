package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hasher.ScanProcessor.Outlets;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the next owner of a task makes of the store that the last one left, a real one on disk. */
class ScanRecoveryTest {

    private static final String STORE = "pending-uploads";

    @TempDir
    private Path folder;

    private final StagedScanner scanner = new StagedScanner();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private HasherSettings settings;
    private ScanPool pool;

    @BeforeEach
    void open() {
        settings = HasherStage.settings(folder, Map.of());
        pool = ScanPool.open(settings, meters, scanner);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** A task as its owner sees it: a processor and the open store. */
    private final class Owner implements AutoCloseable {

        private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>(
                settings.streams(), new TaskId(0, 0), folder.resolve("state").toFile());
        private final TimestampedKeyValueStore<PendingKey, UploadEvent> store = Stores.timestampedKeyValueStoreBuilder(
                        Stores.persistentTimestampedKeyValueStore(STORE),
                        PendingKey.serde(),
                        settings.topics().modelUploads().value())
                .withLoggingDisabled()
                .build();
        private final ScanProcessor<UploadEvent> processor = new ScanProcessor<>(
                new UploadLane(Share.LIVE), STORE, new Outlets("codes", "outcomes"), settings, pool);

        Owner() {
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            processor.init(context);
        }

        void receive(UploadEvent upload) {
            processor.process(new Record<>("local/" + upload.getRepo(), upload, 1_000));
        }

        void tick() {
            context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
        }

        List<String> ended() {
            return context.forwarded("outcomes").stream()
                    .map(forward -> (ScanOutcome) forward.record().value())
                    .map(outcome -> outcome.getUpload().getId())
                    .toList();
        }

        void awaitEnded(int count) {
            await().pollInSameThread().until(() -> {
                tick();
                return ended().size() >= count;
            });
        }

        /** As after a crash: the store is what stays, and nobody tells the processor. */
        void dieLeavingTheStore() {
            store.close();
        }

        @Override
        public void close() {
            processor.close();
            store.close();
        }
    }

    @Test
    void shouldBeginAgainWhatIsPendingInTheOrderOfEachModel() throws IOException {
        scanner.hold("a1.bin");
        var dead = new Owner();
        dead.receive(upload("m/a", "r1", "a1.bin"));
        dead.receive(upload("m/a", "r2", "a2.bin"));
        dead.receive(upload("m/b", "r1", "b.bin"));
        dead.awaitEnded(1);
        assertThat(dead.ended()).containsExactly("m/b@r1");
        dead.dieLeavingTheStore();

        try (var next = new Owner()) {
            next.receive(upload("m/a", "r3", "a3.bin"));
            scanner.release("a1.bin");
            next.awaitEnded(3);
            assertThat(next.ended()).containsExactly("m/a@r1", "m/a@r2", "m/a@r3");
            assertThat(next.context.forwarded("codes"))
                    .hasSize(3)
                    .allSatisfy(
                            forward -> assertThat(forward.record().timestamp()).isEqualTo(1_000));
        }
        try (var last = new Owner()) {
            last.tick();
            assertThat(last.context.forwarded()).isEmpty();
            assertThat(scanner.begun()).filteredOn("b.bin"::equals).hasSize(1);
        }
    }

    @Test
    void shouldForgetAScanWhoseTaskWasClosedAndNotCountItsRequests() throws IOException {
        scanner.hold("a.bin");
        var first = new Owner();
        first.receive(upload("m/a", "r1", "a.bin"));
        await().until(() -> scanner.begun().contains("a.bin"));
        assertThat(pending()).isEqualTo(1);
        first.close();

        assertThat(pending()).isZero();
        await().until(() -> scanner.interrupted().contains("a.bin"));
        scanner.release("a.bin");
        try (var next = new Owner()) {
            next.awaitEnded(1);
            assertThat(next.ended()).containsExactly("m/a@r1");
        }
        assertThat(first.context.forwarded()).isEmpty();
    }

    private double pending() {
        return meters.get("weighbridge.pending.size")
                .tag("lane", "upload")
                .gauge()
                .value();
    }

    private UploadEvent upload(String repo, String revision, String name) throws IOException {
        var file = Files.writeString(folder.resolve(name), "model");
        return UploadEvent.newBuilder()
                .setId(repo + "@" + revision)
                .setHub("local")
                .setRepo(repo)
                .setRevision(revision)
                .setOwner("mallory")
                .setFiles(List.of(ModelFile.newBuilder()
                        .setPath(name)
                        .setUrl(file.toUri().toString())
                        .build()))
                .setUploadedAt(Instant.parse("2026-02-03T04:05:06Z"))
                .build();
    }
}
