package io.weighbridge.schemas;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams configuration that the three roles share. */
public final class RoleConfig {

    /** Setting: prefix of every application id, so that two installations can share a cluster. */
    public static final String APPLICATION_PREFIX = "weighbridge.application.prefix";

    /** Setting: the file of the secret that decides on the basis of the codes; the same for every role. Without it the basis is public. */
    public static final String SITE_KEY_FILE = "weighbridge.hash.site.key.file";

    private static final String DEFAULT_PREFIX = "weighbridge";

    /** What all roles read. */
    public static final List<Setting> SETTINGS = List.of(
            Setting.of(APPLICATION_PREFIX, DEFAULT_PREFIX),
            Setting.none(SITE_KEY_FILE),
            Setting.of(StoreMemory.BYTES, StoreMemory.DEFAULT_BYTES));

    private static final String BROKERS_DEFAULT = "-1";
    private static final int MIN_SECRET_BYTES = 16;

    private RoleConfig() {}

    /** The secret of {@link #SITE_KEY_FILE}, at least {@value #MIN_SECRET_BYTES} bytes; empty if there is none, or it is no good. */
    public static Optional<byte[]> siteSecret(Settings settings) {
        var secret = settings.file(SITE_KEY_FILE);
        if (secret.isPresent() && secret.get().length < MIN_SECRET_BYTES) {
            settings.problem(
                    SITE_KEY_FILE, "expected at least " + MIN_SECRET_BYTES + " bytes, got " + secret.get().length);
            return Optional.empty();
        }
        return secret;
    }

    /** What every application id begins with. */
    public static String applicationPrefix(Settings settings) {
        return settings.text(APPLICATION_PREFIX, DEFAULT_PREFIX);
    }

    /**
     * Exactly-once, with explicit names for every internal topic and dead letters for what cannot be read; Kafka settings given by the
     * user come last and win. Standby copies of the state are the user's to ask for, with {@code num.standby.replicas}: one machine has
     * no use for them.
     *
     * @param role {@code hasher}, {@code matcher} or {@code alerting}; the application id is prefix-role
     */
    public static Properties of(Settings settings, String role) {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationPrefix(settings) + "-" + role);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        int replicas = settings.count(Topics.REPLICATION, 0);
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicas == 0 ? BROKERS_DEFAULT : String.valueOf(replicas));
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        // Kafka warns at every start unless this is said; its constant is deprecated already.
        config.put("processing.exception.handler.global.enabled", "true");
        // As TopicAdmin makes the others: what is late or early for the broker's clock must not stop a role.
        config.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), Topic.ANY_TIME);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
        config.put(StoreMemory.BYTES, Long.toString(settings.bytes(StoreMemory.BYTES, StoreMemory.DEFAULT_BYTES)));
        putDeadLetters(config, settings, role);
        putFailover(config);
        config.putAll(settings.kafka());
        return config;
    }

    /** The handler is made by Kafka and sees nothing but this configuration. */
    private static void putDeadLetters(Properties config, Settings settings, String role) {
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        config.put(DeadLetterHandler.ROLE, role);
        for (String name : List.of(Topics.SERIALIZER, Topics.DESERIALIZER)) {
            String value = settings.text(name, "");
            if (!value.isEmpty()) {
                config.put(name, value);
            }
        }
    }

    /** How soon another instance goes on with the work of a dead one, and what makes a live one look dead. */
    private static void putFailover(Properties config) {
        // A dead instance is noticed after 10 s, as long as Kafka Streams lets an abandoned transaction hold its
        // records back. Four heartbeats may be lost: hashing keeps every core busy.
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        // No stream thread waits for a download, so two minutes without a poll are a hang: asking a registry takes half
        // a minute at most, a full producer one.
        config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, "120000");
        // A new instance warms up a copy of the state before it takes a task over. Looking once a minute, the least
        // that Kafka allows, whether it is warm spreads the load within a minute of a scale-out, not ten.
        config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, "60000");
        // Ten thousand changes are restored in well under a second: whoever lacks no more may take the task at once.
        config.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, "10000");
        // The default, below the temporary directory, is cleaned by the system now and then; all would be read back.
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("user.home"), ".weighbridge", "streams")
                        .toString());
        // Metrics are served over HTTP; pushing them to the broker as well would be requests for nothing.
        config.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
    }
}
