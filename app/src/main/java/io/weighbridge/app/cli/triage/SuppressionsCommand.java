package io.weighbridge.app.cli.triage;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code suppressions}: groups the commands on suppressions. */
@Command(
        name = "suppressions",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "List, add and lift suppressions: matches that nobody is to be told of. They are still counted.",
        subcommands = {SuppressionsLsCommand.class, SuppressionsAddCommand.class, SuppressionsRmCommand.class})
public final class SuppressionsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
