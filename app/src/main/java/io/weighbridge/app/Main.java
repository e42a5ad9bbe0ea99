package io.weighbridge.app;

import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.ProcessLog;
import io.weighbridge.app.cli.Weighbridge;

/** The one {@code main}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        var problem = ProcessLog.problemOf(System.getenv(ProcessLog.FORMAT));
        if (problem.isPresent()) {
            System.err.println("weighbridge: " + problem.get());
            System.exit(ExitCode.USAGE);
        }
        System.exit(Weighbridge.commandLine().execute(arguments));
    }
}
