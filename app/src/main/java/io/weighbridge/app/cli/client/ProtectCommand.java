package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code protect FILE|URL}: registers a model whose copies are to be found. */
@Command(
        name = "protect",
        mixinStandardHelpOptions = true,
        header = "Protect a model: find its copies among all uploads, past and future.",
        description = {
            "",
            "Publishes the model and waits until it has been hashed. The same --id again replaces the model. "
                    + "With --baseline it is a known public model: an upload that is no nearer to a protected model than to a "
                    + "baseline raises no alert, and every alert tells by how much it is nearer.",
            "",
            "Example: weighbridge protect resnet.pt --id acme-resnet --owner acme --name \"Acme ResNet 1.2\"",
            ""
        })
public final class ProtectCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "FILE|URL", description = "The model file, or its http, https or file URL.")
    private String file;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "Your name for it; unique.")
    private String id;

    @Option(names = "--owner", required = true, paramLabel = "OWNER", description = "Who owns it.")
    private String owner;

    @Option(names = "--name", paramLabel = "N", description = "Name for people. Default: the id.")
    private String name;

    @Option(
            names = "--baseline",
            description = "It is public, and its copies are no infringement: alerts are measured against it.")
    private boolean baseline;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "LIVE",
            description =
                    "How it starts: ${COMPLETION-CANDIDATES}. In shadow mode matches are recorded without an alert,"
                            + " see `weighbridge protected preview`. Default: ${DEFAULT-VALUE}.")
    private ProtectionMode mode;

    @Option(names = "--no-wait", description = "Return once it is published.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long to wait. Default: ${DEFAULT-VALUE}.")
    private long timeoutSeconds;

    @Override
    public Integer call() throws Exception {
        ProtectedModel model = model();
        var connected = Cluster.connect(cluster.settings());
        try (var tracker = new ProtectionTracker(connected);
                var publisher = connected.publisher()) {
            publisher.protect(model);
            if (noWait) {
                output.print(json(model, "PUBLISHED"), () -> "published " + id);
                return ExitCode.NO_MATCH;
            }
            return report(model, tracker.await(model, Duration.ofSeconds(timeoutSeconds)));
        }
    }

    private ProtectedModel model() throws IOException {
        requireName("--id", id);
        requireName("--owner", owner);
        requireName("--name", name == null ? id : name);
        return ProtectedModel.newBuilder()
                .setId(id)
                .setName(name == null ? id : name)
                .setOwner(owner)
                .setFile(FileAddress.of(file))
                .setIsBaseline(baseline)
                .setMode(mode)
                .setProtectedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private static void requireName(String option, String value) {
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException(option + ": expected a name without control characters");
        }
    }

    private int report(ProtectedModel model, Optional<ScanOutcome> arrived) {
        var outcome = arrived.orElseThrow(() -> new CommandException("published, but not hashed within "
                + timeoutSeconds + " s: is a hasher running? `weighbridge protected show " + id + "` tells later"));
        var json = json(model, outcome.getOutcome().name());
        var files = json.putArray("files");
        outcome.getFiles().forEach(scan -> files.add(ScanJson.ofFile(scan)));
        if (outcome.getReason() != null) {
            json.put("reason", outcome.getReason());
        }
        output.print(
                json,
                () -> outcome.getOutcome() == Outcome.HASHED
                        ? (baseline ? "baseline " : "protected ") + id + " ("
                                + outcome.getFiles().get(0).getFormat() + ", "
                                + outcome.getFiles().get(0).getParameters() + " parameters)"
                        : "not protected: " + id + ": " + outcome.getOutcome() + ": " + outcome.getReason());
        return ExitCode.of(outcome.getOutcome());
    }

    private static ObjectNode json(ProtectedModel model, String outcome) {
        return ProtectedJson.of(model).put("outcome", outcome);
    }
}
