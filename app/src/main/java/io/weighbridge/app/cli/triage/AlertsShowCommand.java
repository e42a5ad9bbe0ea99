package io.weighbridge.app.cli.triage;

import io.weighbridge.alerting.CaseJson;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code alerts show ID}: all that is known of a case. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header = "Show a case: its evidence, its severity and why, and all that was decided.")
public final class AlertsShowCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "The alert id, or the beginning that `alerts ls` shows.")
    private String id;

    @Override
    public void run() {
        var known = Cases.read(Cluster.connect(cluster.settings())).find(id);
        output.print(CaseJson.of(known), () -> CaseReport.of(known));
    }
}
