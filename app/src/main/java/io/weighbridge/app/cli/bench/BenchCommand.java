package io.weighbridge.app.cli.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench WHAT}: how fast this machine is. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        header = "Measure how fast this machine is. Needs no broker that runs already.",
        subcommands = {
            HashBenchCommand.class,
            ReadBenchCommand.class,
            FetchBenchCommand.class,
            SearchBenchCommand.class,
            PipelineBenchCommand.class,
            AlertsBenchCommand.class
        })
public final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Which? One of " + spec.subcommands().keySet());
    }
}
