package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.FolderHub;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.UploadTracker;
import io.weighbridge.app.client.UploadTracker.Tracked;
import io.weighbridge.app.life.Shutdown;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code watch DIR}: publishes what appears in a folder. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        header = "Treat a folder as a hub: publish each file that is there or appears, and show what becomes of it.",
        description = {
            "",
            "DIR/OWNER/NAME/... belongs to the repository OWNER/NAME; DIR/FILE to local/FILE.",
            "A file is published once it has stopped growing, and again when it changes. Ctrl-C ends it.",
            ""
        })
public final class WatchCommand implements Callable<Integer> {

    private static final Duration EVERY = Duration.ofMillis(500);

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "DIR", description = "The folder.")
    private Path folder;

    @Option(names = "--skip-existing", description = "Publish only what appears from now on.")
    private boolean skipExisting;

    @Option(
            names = "--hub",
            paramLabel = "HUB",
            defaultValue = RepositoryOptions.LOCAL,
            description = "Hub that the events name. Default: ${DEFAULT-VALUE}.")
    private String hub;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(folder)) {
            throw new CommandException(folder + ": no such folder");
        }
        var connected = Cluster.connect(cluster.settings());
        var files = new FolderHub(folder, RepositoryOptions.LOCAL);
        if (skipExisting) {
            files.skipExisting();
        }
        try (var tracker = new UploadTracker(connected, new Progress());
                var publisher = connected.publisher()) {
            var shutdown = Shutdown.closing(tracker);
            output.say("watching " + folder.toAbsolutePath().normalize() + "; Ctrl-C ends it");
            Optional<String> end;
            do {
                files.poll().forEach(push -> publish(push, tracker, publisher));
                TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
                tracker.check();
                end = shutdown.needed();
            } while (end.isEmpty());
            throw new CommandException(end.get());
        }
    }

    private void publish(FolderHub.Push push, UploadTracker tracker, Publisher publisher) {
        UploadEvent event;
        try {
            event = RepositoryOptions.event(hub, push.repo(), null, null, FileAddress.local(push.file()));
        } catch (IOException e) {
            output.note("weighbridge watch: " + e.getMessage());
            return;
        }
        tracker.expect(event);
        publisher.upload(event);
        output.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("event", "published")
                        .put("uploadId", event.getId())
                        .put("repo", event.getRepo())
                        .put("revision", event.getRevision()),
                () -> String.format("%-16s %s@%s", "UPLOAD", event.getRepo(), event.getRevision()));
    }

    private final class Progress implements UploadTracker.Listener {
        @Override
        public void onOutcome(Tracked upload) {
            output.print(UploadReport.json(upload).put("event", "outcome"), () -> UploadReport.outcomeLine(upload));
        }

        @Override
        public void onAlert(Tracked upload, InfringementAlert alert) {
            output.print(UploadReport.json(upload).put("event", "alert"), () -> UploadReport.alertLine(alert));
        }
    }
}
