package io.weighbridge.app.cli.client;

import io.weighbridge.alerting.AlertJson;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.life.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts tail}: alerts as they are raised. */
@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        header = "Follow the alert topic: one line for each alert as it is raised. Ctrl-C ends it.")
final class AlertsTailCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--from-beginning", description = "Start with the oldest alert kept.")
    private boolean fromBeginning;

    @Override
    public Integer call() throws Exception {
        var connected = Cluster.connect(cluster.settings());
        var following = connected
                .reader()
                .follow(
                        connected.topics().infringementAlerts(),
                        fromBeginning,
                        entry ->
                                output.print(AlertJson.of(entry.value()), () -> UploadReport.alertLine(entry.value())));
        String why = Shutdown.closing(following)
                .awaitDeath(() -> following.live() && !output.isClosed(), () -> "nobody reads what it prints any more");
        following.check();
        output.note("weighbridge alerts tail: " + why);
        return ExitCode.ERROR;
    }
}
