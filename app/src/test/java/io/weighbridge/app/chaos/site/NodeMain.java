package io.weighbridge.app.chaos.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A node of a Kafka cluster as a program: {@code FOLDER CLUSTER_ID NODE PORT VOTERS}, where the voters are
 * {@code NODE@HOST:PORT} of all controllers. It starts as Kafka's own program does, without what the embedded broker does
 * before. Says {@link BrokerMain#READY} once it can be used; SIGTERM closes it.
 */
public final class NodeMain {

    private NodeMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int node = Integer.parseInt(arguments[2]);
        if (!Files.exists(folder.resolve("meta.properties"))) {
            format(folder, arguments[1], node);
        }
        var config = config(folder, node, Integer.parseInt(arguments[3]), arguments[4]);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(config), Time.SYSTEM);
        server.startup();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        System.out.println(BrokerMain.READY);
        server.awaitShutdown();
    }

    private static void format(Path folder, String cluster, int node) throws Exception {
        Files.createDirectories(folder);
        new Formatter()
                .setPrintStream(System.err)
                .setNodeId(node)
                .setClusterId(cluster)
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .run();
    }

    /** Kafka's defaults but for copies, places, and what a small machine with several nodes can hold. */
    private static Properties config(Path folder, int node, int port, String voters) throws IOException {
        String controller = List.of(voters.split(",")).stream()
                .filter(voter -> voter.startsWith(node + "@"))
                .map(voter -> voter.substring(voter.indexOf('@') + 1))
                .findFirst()
                .orElseThrow(() -> new IOException("node " + node + " is not among the voters " + voters));
        var config = new Properties();
        config.put("node.id", Integer.toString(node));
        config.put("process.roles", "broker,controller");
        config.put("controller.quorum.voters", voters);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("listeners", "BROKER://127.0.0.1:" + port + ",CONTROLLER://" + controller);
        config.put("advertised.listeners", "BROKER://127.0.0.1:" + port);
        config.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("inter.broker.listener.name", "BROKER");
        config.put("log.dirs", folder.toString());
        config.put("auto.create.topics.enable", "false");
        config.put("default.replication.factor", "3");
        config.put("min.insync.replicas", "2");
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.min.session.timeout.ms", "1000");
        config.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        config.put("log.index.size.max.bytes", String.valueOf(1 << 20));
        return config;
    }
}
