package io.weighbridge.app.cli.operate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dlq}: groups the commands on dead letters. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "List and show the records that could not be processed, and write them to their topics again.",
        subcommands = {DeadLettersLsCommand.class, DeadLettersShowCommand.class, DeadLettersRedriveCommand.class})
public final class DeadLettersCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
