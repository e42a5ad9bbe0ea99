package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.audit.TopicsExportCommand;
import io.weighbridge.app.cli.audit.TopicsImportCommand;
import io.weighbridge.app.cli.operate.TopicsAclsCommand;
import io.weighbridge.app.cli.operate.TopicsTransactionsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics}: groups the commands on topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header =
                "Create and check topics, tell who needs which rights, export or import what they hold, end transactions that hang.",
        subcommands = {
            TopicsCreateCommand.class,
            TopicsCheckCommand.class,
            TopicsExportCommand.class,
            TopicsImportCommand.class,
            TopicsAclsCommand.class,
            TopicsTransactionsCommand.class
        })
public final class TopicsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
