package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.UploadTracker;
import io.weighbridge.app.client.UploadTracker.Tracked;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The small models that ship with the program through the hasher and all that follows, in one process: every upload is to come to what it should. */
final class ModelsRun {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Consumer<String> progress;
    private final DemoSet set;

    ModelsRun(Consumer<String> progress) throws IOException {
        this.progress = progress;
        set = DemoSet.load();
    }

    ModelsFigures run() throws IOException, InterruptedException {
        var settings = Map.of("weighbridge.fetch.file.roots", "/");
        try (var stage = Stage.open(settings);
                var roles = stage.instance("roles", Role.values());
                var publisher = stage.cluster().publisher()) {
            Path models = stage.folder().resolve("models");
            set.extractTo(models);
            roles.awaitReady(Stage.READY);
            protectOriginals(stage.cluster(), publisher, models);
            progress.accept(set.uploads().size() + " models through the hasher");
            var last = new LastOutcome();
            try (var tracker = new UploadTracker(stage.cluster(), last)) {
                long start = System.nanoTime();
                for (var model : set.uploads()) {
                    var event = event(model, models);
                    tracker.expect(event);
                    publisher.upload(event);
                }
                tracker.awaitAnswers(PATIENCE);
                return figures(tracker.uploads(), (last.nanos - start) / 1e9);
            }
        }
    }

    private void protectOriginals(Cluster cluster, Publisher publisher, Path models)
            throws IOException, InterruptedException {
        var registered = new ArrayList<ProtectedModel>();
        try (var tracker = new ProtectionTracker(cluster)) {
            for (var model : set.protectedModels()) {
                registered.add(ProtectedModel.newBuilder()
                        .setId(model.id())
                        .setName(model.id())
                        .setOwner(model.owner())
                        .setFile(FileAddress.local(models.resolve(model.file())))
                        .setProtectedAt(now())
                        .build());
                publisher.protect(registered.get(registered.size() - 1));
            }
            for (var model : registered) {
                if (tracker.await(model, PATIENCE).isEmpty()) {
                    throw new IOException(model.getId() + ": not hashed within " + PATIENCE.toSeconds() + " s");
                }
            }
        }
    }

    private static UploadEvent event(DemoModel model, Path models) throws IOException {
        return UploadEvent.newBuilder()
                .setId(Publisher.newId())
                .setHub("bench")
                .setRepo(model.id())
                .setRevision("main")
                .setOwner(model.owner())
                .setFiles(List.of(FileAddress.local(models.resolve(model.file()))))
                .setUploadedAt(now())
                .build();
    }

    private ModelsFigures figures(List<Tracked> uploads, double seconds) {
        var wrong = uploads.stream()
                .filter(upload -> !isAsExpected(upload))
                .map(upload -> upload.event().getRepo())
                .toList();
        var latency = uploads.stream()
                .flatMap(upload -> upload.timeToAlert().stream())
                .mapToLong(Duration::toMillis);
        return new ModelsFigures(uploads.size(), uploads.size() / seconds, Percentiles.of(latency), wrong);
    }

    private boolean isAsExpected(Tracked upload) {
        var model = set.uploads().stream()
                .filter(one -> one.id().equals(upload.event().getRepo()))
                .findFirst()
                .orElseThrow();
        boolean hasAlert = !upload.alerts().isEmpty();
        boolean isOfRightModel = upload.alerts().stream()
                .allMatch(alert -> alert.getProtectedModel().getId().equals(model.original()));
        return isOfRightModel
                && switch (model.expected()) {
                    case MATCH -> upload.isScanned() && hasAlert;
                    case NO_MATCH -> upload.isScanned() && !hasAlert;
                    case UNSUPPORTED, MALFORMED, DEGENERATE ->
                        upload.outcome()
                                .filter(scan -> scan.getOutcome()
                                        .name()
                                        .equals(model.expected().name()))
                                .isPresent();
                };
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** When the last outcome arrived. */
    private static final class LastOutcome implements UploadTracker.Listener {
        private volatile long nanos = System.nanoTime();

        @Override
        public void onOutcome(Tracked upload) {
            nanos = System.nanoTime();
        }

        @Override
        public void onAlert(Tracked upload, InfringementAlert alert) {
            // The tracker notes it.
        }
    }
}
