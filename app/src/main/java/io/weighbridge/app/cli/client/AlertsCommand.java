package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.triage.AlertsDecideCommand;
import io.weighbridge.app.cli.triage.AlertsShowCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alerts}: groups the commands on alerts. */
@Command(
        name = "alerts",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "List infringement cases, show, decide and export them, or follow alerts.",
        subcommands = {
            AlertsLsCommand.class,
            AlertsShowCommand.class,
            AlertsDecideCommand.class,
            AlertsExportCommand.class,
            AlertsTailCommand.class
        })
public final class AlertsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
