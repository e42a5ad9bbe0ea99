package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics check}: tells whether the topics are as they must be. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Check that every topic exists and is kept as it must be. Exit code 2 if one is not.")
final class TopicsCheckCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        List<TopicAdmin.Check> checks = new TopicAdmin(Cluster.connect(cluster.settings())).check();
        var table = new Table("topic", "partitions", "cleanup", "status");
        for (TopicAdmin.Check check : checks) {
            String status = check.problem().orElse("OK");
            if (output.isJson()) {
                var json = JsonNodeFactory.instance
                        .objectNode()
                        .put("topic", check.topic())
                        .put("partitions", check.partitions())
                        .put("cleanup", check.cleanup())
                        .put("status", status);
                output.print(json, () -> "");
            }
            table.row(check.topic(), Integer.toString(check.partitions()), check.cleanup(), status);
        }
        output.say(table.toString());
        boolean isRight = checks.stream().allMatch(check -> check.problem().isEmpty());
        return isRight ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }
}
