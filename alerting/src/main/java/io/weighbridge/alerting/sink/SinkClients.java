package io.weighbridge.alerting.sink;

import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Configurations of a sink's Kafka clients: the user's Kafka settings, under what delivery relies on. */
final class SinkClients {

    private static final int POLLED_AT_ONCE = 50;

    /** A dead instance is noticed this soon, as those of the roles are: until then its group takes nobody in, nor lets anybody go. */
    private static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private static final int HEARTBEAT_MILLIS = 2_000;

    private SinkClients() {}

    /** Reads only what is committed, from the first alert on, and commits by hand. */
    static Map<String, Object> consumer(Settings settings, String sink) {
        var config = byDefault(settings);
        config.putIfAbsent(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_AT_ONCE);
        if (!GroupProtocol.CONSUMER.name().equalsIgnoreCase(settings.text(ConsumerConfig.GROUP_PROTOCOL_CONFIG, ""))) {
            config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
            config.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
            config.putIfAbsent(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
        config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId(settings, sink));
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, groupId(settings, sink));
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return config;
    }

    /** Writes what every replica in sync has acknowledged, each record once. */
    static Map<String, Object> producer(Settings settings, String sink) {
        var config = byDefault(settings);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, groupId(settings, sink) + "-dead-letters");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return config;
    }

    private static Map<String, Object> byDefault(Settings settings) {
        var config = new HashMap<String, Object>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        config.putAll(settings.kafka());
        return config;
    }

    private static String groupId(Settings settings, String sink) {
        return settings.text(RoleConfig.APPLICATION_PREFIX, "weighbridge") + "-sink-" + sink;
    }
}
