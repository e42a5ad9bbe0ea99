package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics create}: creates what is missing. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        header = "Create the topics that are missing; those that exist are left as they are.",
        description = {
            "",
            "Choose the number of partitions once: it bounds how far the roles scale out, and cannot be changed "
                    + "while topics hold records.",
            ""
        })
final class TopicsCreateCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--partitions", paramLabel = "N", description = "Partitions of each topic. Default: 4.")
    private Integer partitions;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas of each partition. Default: the broker's default.")
    private Integer replication;

    @Override
    public void run() {
        Settings settings = settings();
        settings.checkAll(SettingsReaders.topics());
        var connected = Cluster.connect(settings);
        List<String> created = new TopicAdmin(connected).create();
        for (Topic<?, ?> topic : connected.topics().all()) {
            String status = created.contains(topic.name()) ? "CREATED" : "EXISTS";
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("topic", topic.name())
                    .put("status", status);
            output.print(json, () -> String.format("%-24s %s", topic.name(), status));
        }
    }

    private Settings settings() {
        var chosen = new HashMap<String, String>();
        if (partitions != null) {
            chosen.put(TopicAdmin.PARTITIONS, partitions.toString());
        }
        if (replication != null) {
            chosen.put(Topics.REPLICATION, replication.toString());
        }
        return cluster.settingsOfProcess().with(chosen);
    }
}
