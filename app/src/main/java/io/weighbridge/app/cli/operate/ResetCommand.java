package io.weighbridge.app.cli.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.PastTimeConverter;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.life.Ports;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.operate.reset.Reset;
import io.weighbridge.app.operate.reset.ResetPlan;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reset ROLE}: sets a role back to where it began. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        header = "Set a role back: it reads its topics again, with no state.",
        description = {
            "",
            "For settings that an index cannot be used with any more, for state that is in doubt, and after a change of the "
                    + "site key. Stop every process of the role first; it refuses while the role's group has members. Deletes the "
                    + "group's places, the internal topics of the role with their schemas, and its state folders on this machine: run it on every machine "
                    + "that has some, before the role is started on any. Topics of the product are not touched. Of `up` a role is reset "
                    + "while it is stopped: its broker runs for as long as this takes.",
            "",
            "Example: weighbridge reset matcher --dry-run",
            "         weighbridge reset matcher --yes",
            ""
        })
public final class ResetCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".weighbridge",
            description = "Data folder of the role's processes on this machine. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = PastTimeConverter.class,
            description = {
                "Read events from this time on, not from the beginning: 2026-11-30, 2026-11-30T08:00:00Z, or P7D ago. "
                        + "What is protected and what was decided is read from the beginning in any case."
            })
    private Instant to;

    @Option(names = "--dry-run", description = "Tell what would be done, and do nothing.")
    private boolean isDryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do it.")
    private boolean isSure;

    @Override
    public void run() {
        if (isDryRun == isSure) {
            throw new UsageException("expected either --dry-run or --yes");
        }
        Settings settings = cluster.settings();
        try {
            Optional<Broker> own = brokerOfStoppedStack(settings);
            if (own.isEmpty()) {
                reset(settings, false);
                return;
            }
            try (Broker broker = own.get();
                    var registry = SchemaRegistry.start(
                            broker.bootstrapServers(),
                            Ports.from(cluster.port()).registry())) {
                reset(settings.with(Map.of("schema.registry.url", registry.url())), true);
            }
        } catch (IOException e) {
            throw new CommandException("reset " + role.id() + ": " + e.getMessage(), e);
        }
    }

    private void reset(Settings settings, boolean isOfStoppedStack) throws IOException {
        var reset = new Reset(Cluster.connect(settings), role);
        if (isSure && isOfStoppedStack) {
            reset.awaitNoMembers();
        }
        var plan = reset.plan(Optional.ofNullable(to), data.toAbsolutePath().normalize());
        if (isSure) {
            requireNoMembers(plan);
            reset.run(plan);
        }
        ObjectNode json = plan.json().put("isDone", isSure);
        output.print(json, () -> String.join(System.lineSeparator(), ResetReport.lines(plan, isSure)));
    }

    /** With {@code up} the brokers stop, too; they run for the time of this command. Empty if others run, as those of {@code up} itself. */
    private Optional<Broker> brokerOfStoppedStack(Settings settings) throws IOException {
        Path folder = data.resolve("broker");
        if (!cluster.isLocalStack(settings) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Broker.start(folder, Ports.from(cluster.port()).broker()));
        } catch (BindException e) {
            return Optional.empty();
        }
    }

    private static void requireNoMembers(ResetPlan plan) {
        if (!plan.members().isEmpty()) {
            throw new CommandException(
                    "group " + plan.group() + ": expected no members, got "
                            + String.join(", ", plan.members())
                            + "; stop them (one that was killed is forgotten after session.timeout.ms, 10 s). Nothing was changed");
        }
    }
}
