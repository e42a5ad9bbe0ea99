package io.weighbridge.app.cli.client;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scans}: groups the commands on outcomes. */
@Command(
        name = "scans",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "List and show the outcomes of scans.",
        subcommands = {ScansLsCommand.class, ScansShowCommand.class})
public final class ScansCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
