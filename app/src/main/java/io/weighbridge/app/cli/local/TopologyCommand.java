package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.life.Role;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code topology ROLE}: prints a role's topology. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        header = "Print the description of a role's topology: its nodes, stores and topics. Needs no broker.",
        description = {"", "For the matcher also the thresholds in force, as these settings give them.", ""})
public final class TopologyCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Override
    public void run() {
        var settings = cluster.settingsOfProcess();
        String description = role.topology(settings).describe().toString();
        var json = JsonNodeFactory.instance.objectNode().put("role", role.id()).put("topology", description);
        var inForce = role.inForce(settings);
        inForce.forEach(json.putArray("inForce")::add);
        var lines = new ArrayList<>(List.of(description.stripTrailing()));
        lines.addAll(inForce);
        output.print(json, () -> String.join(System.lineSeparator(), lines));
    }
}
