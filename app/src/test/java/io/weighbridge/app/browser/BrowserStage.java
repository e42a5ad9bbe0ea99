package io.weighbridge.app.browser;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.UploadTracker;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What happens around the dashboard: models are protected, uploads arrive, records break, and cases come in floods. */
final class BrowserStage implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private final DemoSet set;
    private final Path models;
    private final Cluster cluster;
    private final Publisher publisher;

    BrowserStage(Settings settings, Path models) throws IOException {
        this.set = DemoSet.load();
        this.models = models;
        cluster = Cluster.connect(settings);
        publisher = cluster.publisher();
        set.extractTo(models);
    }

    Path models() {
        return models;
    }

    /** Protects the demo's originals and uploads the rest; returns when every upload has its answer. */
    void fill() throws IOException, InterruptedException {
        try (var tracker = new ProtectionTracker(cluster)) {
            for (DemoModel model : set.protectedModels()) {
                var registered = protectedModel(model);
                publisher.protect(registered);
                tracker.await(registered, TIMEOUT).orElseThrow();
            }
        }
        try (var tracker = new UploadTracker(cluster, new Unheard())) {
            for (DemoModel model : set.uploads()) {
                var event = event("demo", model.id(), "main", model.file());
                tracker.expect(event);
                publisher.upload(event);
            }
            if (!tracker.awaitAnswers(TIMEOUT)) {
                throw new IllegalStateException("uploads without an answer after " + TIMEOUT);
            }
        }
    }

    void upload(String hub, String repo, String revision, String file) throws IOException {
        publisher.upload(event(hub, repo, revision, file));
    }

    /** Publishes what no reader of the topic can decode. */
    void breakRecord() {
        try (var producer =
                new KafkaProducer<>(cluster.settings().kafka(), new StringSerializer(), new ByteArraySerializer())) {
            byte[] broken = "{\"not\": \"avro\"}".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(cluster.topics().modelUploads().name(), "demo/broken", broken));
        }
    }

    /** Publishes that many cases, each of an upload and an owner of its own. */
    void flood(int count) {
        var topic = cluster.topics().infringementCases();
        try (var producer = new KafkaProducer<>(
                cluster.settings().kafka(),
                new StringSerializer(),
                topic.value().serializer())) {
            FloodOfCases.of(count)
                    .forEach(found -> producer.send(new ProducerRecord<>(topic.name(), found.getAlertId(), found)));
        }
    }

    @Override
    public void close() {
        publisher.close();
    }

    private ProtectedModel protectedModel(DemoModel model) throws IOException {
        return ProtectedModel.newBuilder()
                .setId(model.id())
                .setName(model.id().substring(model.owner().length() + 1))
                .setOwner(model.owner())
                .setFile(FileAddress.local(models.resolve(model.file())))
                .setProtectedAt(now())
                .build();
    }

    private UploadEvent event(String hub, String repo, String revision, String file) throws IOException {
        String owner = repo.substring(0, repo.indexOf('/'));
        return UploadEvent.newBuilder()
                .setId(Publisher.newId())
                .setHub(hub)
                .setRepo(repo)
                .setRevision(revision)
                .setOwner(owner)
                .setUploader(owner)
                .setFiles(List.of(FileAddress.local(models.resolve(file))))
                .setUploadedAt(now())
                .build();
    }

    private static final class Unheard implements UploadTracker.Listener {
        @Override
        public void onOutcome(UploadTracker.Tracked upload) {}

        @Override
        public void onAlert(UploadTracker.Tracked upload, InfringementAlert alert) {}
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
