package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code protected rm ID...}: withdraws protected models. */
@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        header = "Withdraw protected models: later uploads no longer match them. Alerts already raised stay.")
final class ProtectedRmCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of protected models.")
    private List<String> ids;

    @Override
    public Integer call() {
        var connected = Cluster.connect(cluster.settings());
        var models = connected.reader().latest(connected.topics().protectedModels());
        int code = ExitCode.NO_MATCH;
        try (var publisher = connected.publisher()) {
            for (String id : ids) {
                if (models.containsKey(id)) {
                    publisher.withdraw(id);
                    var json =
                            JsonNodeFactory.instance.objectNode().put("id", id).put("status", "WITHDRAWN");
                    output.print(json, () -> "withdrawn " + id);
                } else {
                    output.note("weighbridge protected rm: " + id + ": no such protected model");
                    code = ExitCode.ERROR;
                }
            }
        }
        return code;
    }
}
