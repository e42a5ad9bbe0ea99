package io.weighbridge.app.cli.process;

import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.client.UploadReport;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.UploadTracker;
import io.weighbridge.app.client.UploadTracker.Tracked;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/** Protects the demo's originals, uploads the rest, and holds what came of it against what should have. */
final class DemoRun {

    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final String HUB = "demo";

    private final DemoSet set;
    private final Path folder;
    private final OutputOptions output;
    private volatile Instant firstAlertAt;

    /**
     * @param folder where the models are unpacked
     */
    DemoRun(DemoSet set, Path folder, OutputOptions output) {
        this.set = set;
        this.folder = folder;
        this.output = output;
    }

    /** Runs on a cluster that is up; returns whether every upload came to what it should. */
    boolean on(Settings settings) throws Exception {
        set.extractTo(folder);
        var cluster = Cluster.connect(settings);
        protectOriginals(cluster);
        try (var tracker = new UploadTracker(cluster, new Progress());
                var publisher = cluster.publisher()) {
            upload(tracker, publisher);
            boolean isComplete = tracker.awaitAnswers(TIMEOUT);
            report(tracker.uploads());
            sayFirstAlert();
            if (!isComplete) {
                throw new CommandException("no complete answer within " + TIMEOUT.toSeconds() + " s");
            }
            return check(tracker.uploads());
        }
    }

    private void protectOriginals(Cluster cluster) throws Exception {
        output.say("");
        output.say("Protecting " + set.protectedModels().size() + " models");
        var registered = new LinkedHashMap<DemoModel, ProtectedModel>();
        try (var tracker = new ProtectionTracker(cluster);
                var publisher = cluster.publisher()) {
            for (DemoModel model : set.protectedModels()) {
                registered.put(model, protectedModel(model));
                publisher.protect(registered.get(model));
            }
            for (var entry : registered.entrySet()) {
                requireHashed(entry.getValue(), tracker);
                DemoModel model = entry.getKey();
                output.say(String.format(Locale.ROOT, "  %-24s %s", model.id(), model.description()));
            }
        }
    }

    private static void requireHashed(ProtectedModel model, ProtectionTracker tracker) throws InterruptedException {
        var outcome = tracker.await(model, TIMEOUT)
                .orElseThrow(() -> new CommandException(model.getId() + ": not hashed in time"));
        if (outcome.getOutcome() != Outcome.HASHED) {
            throw new CommandException(model.getId() + ": " + outcome.getOutcome() + ": " + outcome.getReason());
        }
    }

    private ProtectedModel protectedModel(DemoModel model) throws IOException {
        return ProtectedModel.newBuilder()
                .setId(model.id())
                .setName(model.id().substring(model.owner().length() + 1))
                .setOwner(model.owner())
                .setFile(FileAddress.local(folder.resolve(model.file())))
                .setProtectedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private void upload(UploadTracker tracker, Publisher publisher) throws IOException {
        output.say("");
        output.say("Uploading " + set.uploads().size() + " files");
        for (DemoModel model : set.uploads()) {
            UploadEvent event = UploadEvent.newBuilder()
                    .setId(Publisher.newId())
                    .setHub(HUB)
                    .setRepo(model.id())
                    .setRevision("main")
                    .setOwner(model.owner())
                    .setUploader(model.owner())
                    .setFiles(List.of(FileAddress.local(folder.resolve(model.file()))))
                    .setUploadedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                    .build();
            tracker.expect(event);
            publisher.upload(event);
        }
    }

    private void report(List<Tracked> uploads) {
        if (output.isJson()) {
            uploads.forEach(upload -> output.print(UploadReport.json(upload), () -> ""));
        } else {
            output.say("");
            output.say(UploadReport.table(
                            uploads, "what it is", upload -> modelOf(upload).change())
                    .toString());
        }
    }

    private void sayFirstAlert() {
        if (firstAlertAt != null) {
            var sinceStart = Duration.between(processStart(), firstAlertAt);
            output.say("");
            output.say("First alert " + UploadReport.seconds(sinceStart) + " after the start of the program.");
        }
    }

    private static Instant processStart() {
        return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    private boolean check(List<Tracked> uploads) {
        var wrong = uploads.stream()
                .filter(upload -> !isAsExpected(upload))
                .map(upload -> upload.event().getRepo() + " (expected "
                        + modelOf(upload).expected() + ")")
                .toList();
        output.say("");
        output.say(
                wrong.isEmpty()
                        ? "All " + uploads.size() + " uploads came to what they should."
                        : "Not as expected: " + String.join(", ", wrong));
        return wrong.isEmpty();
    }

    private boolean isAsExpected(Tracked upload) {
        DemoModel model = modelOf(upload);
        boolean isRightModel = upload.alerts().stream()
                .allMatch(alert -> alert.getProtectedModel().getId().equals(model.original()));
        return isRightModel
                && UploadReport.verdict(upload).equals(model.expected().name());
    }

    private DemoModel modelOf(Tracked upload) {
        return set.uploads().stream()
                .filter(model -> model.id().equals(upload.event().getRepo()))
                .findFirst()
                .orElseThrow();
    }

    private final class Progress implements UploadTracker.Listener {
        @Override
        public void onOutcome(Tracked upload) {
            output.say("  " + UploadReport.outcomeLine(upload));
        }

        @Override
        public void onAlert(Tracked upload, InfringementAlert alert) {
            if (firstAlertAt == null) {
                firstAlertAt = Instant.now();
            }
            output.say("  " + UploadReport.alertLine(alert));
        }
    }
}
