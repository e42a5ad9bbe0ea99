package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Drain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code protected rm ID...}: withdraws protected models. */
@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        header = "Withdraw protected models: later uploads no longer match them. Alerts already raised stay.",
        description = {"", "Waits until the withdrawal is in effect.", ""})
final class ProtectedRmCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of protected models.")
    private List<String> ids;

    @Option(names = "--no-wait", description = "Return once the withdrawal is published.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait. Default: ${DEFAULT-VALUE}.")
    private long timeoutSeconds;

    @Override
    public Integer call() throws InterruptedException {
        var connected = Cluster.connect(cluster.settings());
        var models = connected.reader().latest(connected.topics().protectedModels());
        var known = ids.stream().filter(models::containsKey).toList();
        try (var publisher = connected.publisher()) {
            known.forEach(publisher::withdraw);
        }
        awaitEffect(connected, known);
        for (String id : known) {
            var json = JsonNodeFactory.instance.objectNode().put("id", id).put("status", "WITHDRAWN");
            output.print(json, () -> "withdrawn " + id);
        }
        ids.stream()
                .filter(id -> !models.containsKey(id))
                .forEach(id -> output.note("weighbridge protected rm: " + id + ": no such protected model"));
        return known.size() == ids.size() ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private void awaitEffect(Cluster connected, List<String> withdrawn) throws InterruptedException {
        if (noWait || withdrawn.isEmpty()) {
            return;
        }
        try (Admin admin = connected.admin()) {
            if (!new Drain(admin, connected.settings()).await(Duration.ofSeconds(timeoutSeconds))) {
                throw new CommandException("published, but not in effect within " + timeoutSeconds
                        + " s: are hasher, matcher and alerting running?");
            }
        }
    }
}
