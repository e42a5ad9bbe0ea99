package io.weighbridge.app.cli.triage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.alerting.AlertRules;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code suppressions rm ID...}: lifts suppressions. */
@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        header = "Lift suppressions: the cases that they cover are new again.")
final class SuppressionsRmCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids, as `suppressions ls` shows them.")
    private List<String> ids;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        var known = connected.reader().latest(connected.topics().suppressions());
        for (String id : ids) {
            if (!id.startsWith(AlertRules.RULE)) {
                throw new CommandException(id + ": expected the id of a suppression, " + AlertRules.RULE
                        + "...; a dismissed case is opened by `weighbridge alerts decide`");
            }
            if (!known.containsKey(id)) {
                throw new CommandException(id + ": no such suppression; `weighbridge suppressions ls` lists them");
            }
        }
        try (var publisher = connected.publisher()) {
            ids.forEach(publisher::lift);
        }
        ids.forEach(id -> output.print(
                JsonNodeFactory.instance.objectNode().put("id", id).put("status", "LIFTED"), () -> "lifted " + id));
    }
}
