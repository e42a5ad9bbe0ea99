package io.weighbridge.app.cli.process;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a process keeps what must survive a restart. */
final class ProcessOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".weighbridge",
            description = "Folder for topics, state stores and spooled downloads. Default: ${DEFAULT-VALUE}.")
    private Path data;

    Path data() {
        return data.toAbsolutePath().normalize();
    }
}
