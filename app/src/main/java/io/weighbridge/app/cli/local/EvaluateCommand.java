package io.weighbridge.app.cli.local;

import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.evaluate.library.LibraryBuilder;
import io.weighbridge.app.evaluate.library.LibraryPlan;
import io.weighbridge.app.evaluate.library.LibraryProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: how well copies are told from strangers, on a library of networks that are trained for it. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        header = "Measure how well copies are found, on thousands of networks trained for it. Needs no broker.",
        description = {
            "",
            "Trains a library of networks and makes copies of each, in half an hour or more; when it is stopped,",
            "the next call goes on with it. The same library comes out every time on one kind of machine.",
            "Exit code: 0 done, 2 failed.",
            ""
        })
public final class EvaluateCommand implements Callable<Integer> {

    private static final String FULL = ".weighbridge/library";
    private static final String SMALL = ".weighbridge/library-small";

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--library",
            paramLabel = "DIR",
            description =
                    "The library's folder; made if it is missing. Default: " + FULL + ", with --small " + SMALL + ".")
    private Path library;

    @Option(
            names = "--small",
            description = "A library of a few networks that is made in a minute: figures mean nothing.")
    private boolean isSmall;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Networks that are trained at a time. Default: as many as the machine has cores.")
    private Integer threads;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1) throw new UsageException("--threads: expected 1 or more, got " + workers);
        requireNativeLibraries();
        var plan = isSmall ? LibraryPlan.small() : LibraryPlan.full();
        var progress = new LibraryProgress(System.err, System.console() != null);
        LibraryBuilder.build(plan, library == null ? Path.of(isSmall ? SMALL : FULL) : library, workers, progress);
        return ExitCode.NO_MATCH;
    }

    private static void requireNativeLibraries() {
        try {
            Class.forName("org.nd4j.linalg.cpu.nativecpu.CpuBackend", false, EvaluateCommand.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new CommandException(
                    "training needs Deeplearning4j, which is not here; the script `weighbridge` in a checkout fetches it");
        }
    }
}
