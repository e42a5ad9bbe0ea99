package io.weighbridge.app.cli.local;

import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.evaluate.library.LibraryPlan;
import io.weighbridge.app.evaluate.library.WorkerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What {@code evaluate} starts to train networks in processes of their own. */
@Command(name = WorkerProcess.COMMAND, hidden = true)
public final class LibraryWorkerCommand implements Callable<Integer> {

    @Parameters(index = "0")
    private String plan;

    @Parameters(index = "1")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        WorkerProcess.serve(LibraryPlan.named(plan), folder, orders, answers);
        return ExitCode.NO_MATCH;
    }
}
