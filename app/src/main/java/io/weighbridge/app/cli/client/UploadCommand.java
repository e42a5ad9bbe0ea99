package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.UploadTracker;
import io.weighbridge.app.client.UploadTracker.Tracked;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code upload FILE|URL...}: publishes upload events. */
@Command(
        name = "upload",
        mixinStandardHelpOptions = true,
        header = "Publish upload events, as a model hub does.",
        description = {
            "",
            "Each file, folder or repository becomes one event; folders and repositories stand for the files in them. "
                    + "Without --repo, a file is its own repository, local/FILENAME.",
            "With --wait, each outcome is shown as it arrives, and then a table; the exit code tells: "
                    + "0 no match, 1 match, 2 error, 3 unsupported, 5 inconclusive.",
            "",
            "Example: weighbridge upload suspect.safetensors --repo mallory/not-a-copy --wait",
            ""
        })
public final class UploadCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private RepositoryOptions repository;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|URL",
            description = "Model files or folders, or http, https or file URLs, or hf://OWNER/NAME[@REVISION][/PATH].")
    private List<String> files;

    @Option(
            names = "--backfill",
            description = "Publish to the topic of the backfill, which never holds up live uploads.")
    private boolean isBackfill;

    @Option(names = "--wait", description = "Wait for the outcomes and alerts, and show them.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to wait. Default: ${DEFAULT-VALUE}.")
    private long timeoutSeconds;

    private boolean isFailed;

    @Override
    public Integer call() throws Exception {
        var connected = Cluster.connect(cluster.settings());
        if (wait) {
            return publishAndWait(connected);
        }
        try (var publisher = connected.publisher()) {
            for (String file : files) {
                publish(file, event -> send(publisher, event));
            }
        }
        return isFailed ? ExitCode.ERROR : ExitCode.NO_MATCH;
    }

    private int publishAndWait(Cluster connected) throws Exception {
        try (var tracker = new UploadTracker(connected, new Progress());
                var publisher = connected.publisher()) {
            for (String file : files) {
                publish(file, event -> {
                    tracker.expect(event);
                    send(publisher, event);
                });
            }
            boolean isComplete = tracker.awaitAnswers(Duration.ofSeconds(timeoutSeconds));
            report(tracker.uploads());
            if (!isComplete) {
                throw new CommandException("no complete answer within " + timeoutSeconds
                        + " s: are hasher, matcher and alerting running? `weighbridge scans ls` shows what is done");
            }
            int code = UploadReport.exitCode(tracker.uploads());
            return isFailed && code != ExitCode.MATCH ? ExitCode.ERROR : code;
        }
    }

    private void send(Publisher publisher, UploadEvent event) {
        if (isBackfill) {
            publisher.backfill(event);
        } else {
            publisher.upload(event);
        }
    }

    private interface Publish {
        void event(UploadEvent event);
    }

    /** A file that cannot be read is told of and does not hold up the others. */
    private void publish(String file, Publish publish) {
        UploadEvent event;
        try {
            event = repository.event(FileAddress.of(file));
        } catch (IOException e) {
            isFailed = true;
            output.note("weighbridge upload: " + e.getMessage());
            return;
        }
        publish.event(event);
        if (!wait) {
            var json = JsonNodeFactory.instance.objectNode();
            json.put("uploadId", event.getId())
                    .put("repo", event.getRepo())
                    .put("revision", event.getRevision())
                    .put("path", event.getFiles().get(0).getPath());
            output.print(
                    json,
                    () -> "published " + event.getRepo() + "@" + event.getRevision() + " as upload " + event.getId());
        }
    }

    private void report(List<Tracked> uploads) {
        if (output.isJson()) {
            uploads.forEach(upload -> output.print(UploadReport.json(upload), () -> ""));
        } else {
            output.say("");
            output.say(UploadReport.table(uploads).toString());
        }
    }

    private final class Progress implements UploadTracker.Listener {
        @Override
        public void onOutcome(Tracked upload) {
            output.say(UploadReport.outcomeLine(upload));
        }

        @Override
        public void onAlert(Tracked upload, InfringementAlert alert) {
            output.say(UploadReport.alertLine(alert));
        }
    }
}
