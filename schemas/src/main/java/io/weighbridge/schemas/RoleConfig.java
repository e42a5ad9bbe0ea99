package io.weighbridge.schemas;

import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams configuration that the three roles share. */
public final class RoleConfig {

    /** Setting: prefix of every application id, so that two installations can share a cluster. */
    public static final String APPLICATION_PREFIX = "weighbridge.application.prefix";

    private RoleConfig() {}

    /**
     * Exactly-once, with explicit names for every internal topic; Kafka settings given by the user come last and win.
     *
     * @param role {@code hasher}, {@code matcher} or {@code alerting}; the application id is prefix-role
     */
    public static Properties of(Settings settings, String role) {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.text(APPLICATION_PREFIX, "weighbridge") + "-" + role);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        config.putAll(settings.kafka());
        return config;
    }
}
