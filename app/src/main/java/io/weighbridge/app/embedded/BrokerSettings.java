package io.weighbridge.app.embedded;

import io.weighbridge.schemas.Topic;
import java.nio.file.Path;
import java.util.Properties;

/** Kafka's settings for a cluster of one that shares its machine with the work. */
final class BrokerSettings {

    private BrokerSettings() {}

    static Properties of(int nodeId, int port, int controllerPort, Path logDir) {
        var config = new Properties();
        putIdentity(config, nodeId, port, controllerPort, logDir);
        putSingleCopies(config);
        putFootprint(config);
        putPromptness(config);
        // Topics are made on purpose, with the partitions and retention they need.
        config.put("auto.create.topics.enable", "false");
        // A stack that was off for a fortnight goes on where it was; by default it would have forgotten its place after
        // a week.
        config.put("offsets.retention.minutes", "525600");
        // For topics that an earlier version made.
        config.put("log.message.timestamp.after.max.ms", Topic.ANY_TIME);
        return config;
    }

    /** The controller of the same folder, without its broker. */
    static Properties ofController(int nodeId, int controllerPort, Path logDir) {
        var config = new Properties();
        putQuorum(config, nodeId, controllerPort, logDir);
        config.put("process.roles", "controller");
        config.put("listeners", "CONTROLLER://" + Ports.LOOPBACK + ":" + controllerPort);
        config.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT");
        return config;
    }

    /** The voter is named by the configuration, not by the log, so that the next start may use other ports. */
    private static void putQuorum(Properties config, int nodeId, int controllerPort, Path logDir) {
        config.put("node.id", String.valueOf(nodeId));
        config.put("controller.quorum.voters", nodeId + "@" + Ports.LOOPBACK + ":" + controllerPort);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("log.dirs", logDir.toString());
    }

    private static void putIdentity(Properties config, int nodeId, int port, int controllerPort, Path logDir) {
        String host = Ports.LOOPBACK;
        putQuorum(config, nodeId, controllerPort, logDir);
        config.put("process.roles", "broker,controller");
        config.put("listeners", "BROKER://" + host + ":" + port + ",CONTROLLER://" + host + ":" + controllerPort);
        config.put("advertised.listeners", "BROKER://" + host + ":" + port);
        config.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        config.put("inter.broker.listener.name", "BROKER");
    }

    private static void putSingleCopies(Properties config) {
        config.put("default.replication.factor", "1");
        config.put("min.insync.replicas", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** Few threads, partitions and buffers: by default the internal topics alone have a hundred partitions and 128 MiB are set aside. */
    private static void putFootprint(Properties config) {
        config.put("offsets.topic.num.partitions", "4");
        config.put("transaction.state.log.num.partitions", "4");
        config.put("share.coordinator.state.topic.num.partitions", "1");
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "4");
        config.put("background.threads", "2");
        config.put("num.recovery.threads.per.data.dir", "2");
        config.put("group.coordinator.threads", "1");
        config.put("share.coordinator.threads", "1");
        config.put("log.cleaner.threads", "1");
        config.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
        config.put("log.segment.bytes", String.valueOf(64 << 20));
        config.put("log.index.size.max.bytes", String.valueOf(1 << 20));
        // Only shows followers that the leader lives; there are none.
        config.put("metadata.max.idle.interval.ms", "5000");
    }

    private static void putPromptness(Properties config) {
        // The first member need not wait for others that will never come.
        config.put("group.initial.rebalance.delay.ms", "0");
        config.put("group.min.session.timeout.ms", "1000");
        // Five heartbeats may be late, since hashing keeps every core busy.
        config.put("broker.session.timeout.ms", "6000");
        config.put("broker.heartbeat.interval.ms", "1000");
        // Transactions of a killed process end soon after their timeout, and the records behind them become visible.
        config.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }
}
