package io.weighbridge.app.cli;

import io.weighbridge.app.cli.access.AuditCommand;
import io.weighbridge.app.cli.access.TokenCommand;
import io.weighbridge.app.cli.audit.ReplayCommand;
import io.weighbridge.app.cli.bench.BenchCommand;
import io.weighbridge.app.cli.client.AlertsCommand;
import io.weighbridge.app.cli.client.BackfillCommand;
import io.weighbridge.app.cli.client.IndexCommand;
import io.weighbridge.app.cli.client.LookupCommand;
import io.weighbridge.app.cli.client.ProtectCommand;
import io.weighbridge.app.cli.client.ProtectedCommand;
import io.weighbridge.app.cli.client.ScansCommand;
import io.weighbridge.app.cli.client.TopicsCommand;
import io.weighbridge.app.cli.client.UploadCommand;
import io.weighbridge.app.cli.client.WatchCommand;
import io.weighbridge.app.cli.local.CompareCommand;
import io.weighbridge.app.cli.local.EvaluateCommand;
import io.weighbridge.app.cli.local.HashCommand;
import io.weighbridge.app.cli.local.LibraryWorkerCommand;
import io.weighbridge.app.cli.local.TopologyCommand;
import io.weighbridge.app.cli.operate.DeadLettersCommand;
import io.weighbridge.app.cli.operate.DoctorCommand;
import io.weighbridge.app.cli.operate.ResetCommand;
import io.weighbridge.app.cli.process.DemoCommand;
import io.weighbridge.app.cli.process.RunCommand;
import io.weighbridge.app.cli.process.ServeCommand;
import io.weighbridge.app.cli.process.UpCommand;
import io.weighbridge.app.cli.settings.SettingsCommand;
import io.weighbridge.app.cli.triage.SuppressionsCommand;
import io.weighbridge.app.feed.FeedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The root command: says what there is. */
@Command(
        name = "weighbridge",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Catches copied neural networks as they are uploaded to model hubs.",
        description = {
            "",
            "Try it:           weighbridge demo",
            "Run it:           weighbridge up",
            "Protect a model:  weighbridge protect original.pt --id my-model --owner me",
            "Scan an upload:   weighbridge upload suspect.safetensors --wait",
            "No broker:        weighbridge compare original.pt suspect.onnx",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 no match or done, 1 match, 2 error, 3 unsupported model, 4 wrong usage, 5 inconclusive."
        },
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ProtectCommand.class,
            ProtectedCommand.class,
            UploadCommand.class,
            LookupCommand.class,
            IndexCommand.class,
            WatchCommand.class,
            BackfillCommand.class,
            AlertsCommand.class,
            SuppressionsCommand.class,
            ScansCommand.class,
            ReplayCommand.class,
            HashCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            LibraryWorkerCommand.class,
            RunCommand.class,
            ServeCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            DoctorCommand.class,
            DeadLettersCommand.class,
            ResetCommand.class,
            TopicsCommand.class,
            SettingsCommand.class,
            TopologyCommand.class,
            HelpCommand.class
        })
public final class Weighbridge implements Runnable {

    @Spec
    private CommandSpec spec;

    /** The parser with all commands, exit codes and error forms. */
    public static CommandLine commandLine() {
        return new CommandLine(new Weighbridge())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(Weighbridge::wrongUsage)
                .setExecutionExceptionHandler(Weighbridge::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
        command.getErr().println("`" + name + " --help` tells more.");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, ParseResult result) throws Exception {
        if (e instanceof UsageException) {
            return wrongUsage(new ParameterException(command, e.getMessage()), new String[0]);
        }
        boolean expected = e instanceof CommandException
                || e instanceof FeedException
                || e instanceof KafkaException
                || e instanceof IllegalArgumentException
                || e instanceof IOException
                || e instanceof UncheckedIOException;
        if (isVerbose(command)) {
            e.printStackTrace(command.getErr());
        } else {
            command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + messageOf(e, expected));
        }
        command.getErr().flush();
        return ExitCode.ERROR;
    }

    private static String messageOf(Exception e, boolean expected) {
        if (expected && e.getMessage() != null) {
            return e.getMessage();
        }
        return "unexpected " + e + "; --verbose shows where";
    }

    private static boolean isVerbose(CommandLine command) {
        var option = command.getCommandSpec().findOption("--verbose");
        return option != null && option.<Boolean>getValue();
    }
}
