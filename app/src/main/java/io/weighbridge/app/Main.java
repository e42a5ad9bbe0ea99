package io.weighbridge.app;

import io.weighbridge.app.cli.Weighbridge;

/** The one {@code main}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Weighbridge.commandLine().execute(arguments));
    }
}
