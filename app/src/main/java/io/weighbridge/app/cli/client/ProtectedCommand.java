package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.triage.ProtectedPolicyCommand;
import io.weighbridge.app.cli.triage.ProtectedPreviewCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code protected}: groups the commands on protected models. */
@Command(
        name = "protected",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "List, show, steer and withdraw protected models.",
        subcommands = {
            ProtectedLsCommand.class,
            ProtectedShowCommand.class,
            ProtectedPolicyCommand.class,
            ProtectedPreviewCommand.class,
            ProtectedRmCommand.class
        })
public final class ProtectedCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
