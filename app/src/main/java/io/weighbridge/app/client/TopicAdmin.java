package io.weighbridge.app.client;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of {@link Topics} and tells whether those of a cluster are right. */
public final class TopicAdmin {

    /** Setting: partitions of every topic; fixed once they hold records. Default 4. */
    public static final String PARTITIONS = "weighbridge.topics.partitions";

    /** Setting: how long records are kept, but for the topics that are compacted or keep all for ever. Default P90D. */
    public static final String RETENTION = "weighbridge.topics.retention";

    private static final int DEFAULT_PARTITIONS = 4;
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(90);

    /** What topics are made by. */
    public static final List<Setting> SETTINGS = List.of(
            Setting.of(PARTITIONS, DEFAULT_PARTITIONS),
            Setting.of(Topics.REPLICATION, 0),
            Setting.of(RETENTION, DEFAULT_RETENTION));

    private static final String FOR_EVER = "-1";
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Whether one topic is as it must be; {@code problem} is empty if so. */
    public record Check(String topic, int partitions, String cleanup, Optional<String> problem) {}

    private final Cluster cluster;
    private final int partitions;
    private final short replication;
    private final Duration retention;

    public TopicAdmin(Cluster cluster) {
        this.cluster = cluster;
        Settings settings = cluster.settings();
        partitions = settings.count(PARTITIONS, DEFAULT_PARTITIONS);
        replication = (short) settings.count(Topics.REPLICATION, 0);
        retention = settings.duration(RETENTION, DEFAULT_RETENTION);
        if (partitions < 1) {
            settings.problem(PARTITIONS, "expected 1 or more, got 0");
        }
        settings.check();
    }

    /** How long new topics of records in time keep them. */
    public Duration retention() {
        return retention;
    }

    /**
     * Creates what is missing and returns the names of those, once a broker knows them: the controller answers before it has told the
     * brokers, and a role that starts in between fails for want of partitions.
     *
     * @throws KafkaException if the brokers refuse, or do not know them within half a minute
     */
    public List<String> create() {
        var created = new ArrayList<String>();
        try (Admin admin = cluster.admin()) {
            var topics = cluster.topics().all().stream().map(this::newTopic).toList();
            for (var result : admin.createTopics(topics).values().entrySet()) {
                if (isCreated(result.getValue()::get)) {
                    created.add(result.getKey());
                }
            }
            awaitKnown(created, names -> known(admin, names), KNOWN_WITHIN);
        }
        return created;
    }

    /** Checks each topic: it exists, is kept as it must be, and has as many partitions as all others. */
    public List<Check> check() {
        return check(cluster.topics().all().stream().map(Topic::name).collect(Collectors.toSet()));
    }

    /** The same of these topics only. */
    public List<Check> check(Set<String> names) {
        try (Admin admin = cluster.admin()) {
            var refused = new HashMap<String, String>();
            var found = describe(admin, names, refused);
            var configs = configs(admin, found.keySet(), refused);
            int usual = found.values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .max()
                    .orElse(0);
            return cluster.topics().all().stream()
                    .filter(topic -> names.contains(topic.name()))
                    .map(topic -> Optional.ofNullable(refused.get(topic.name()))
                            .map(problem -> new Check(topic.name(), 0, "", Optional.of(problem)))
                            .orElseGet(() -> check(topic, found.get(topic.name()), configs.get(topic.name()), usual)))
                    .toList();
        }
    }

    private Check check(Topic<?, ?> topic, TopicDescription description, Config config, int usualPartitions) {
        if (description == null) {
            return new Check(topic.name(), 0, "", Optional.of("missing: run `weighbridge topics create`"));
        }
        int count = description.partitions().size();
        String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        return new Check(topic.name(), count, cleanup, problemOf(topic, count, config, usualPartitions));
    }

    private static Optional<String> problemOf(Topic<?, ?> topic, int count, Config config, int usualPartitions) {
        String cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        String kept = config.get(TopicConfig.RETENTION_MS_CONFIG).value();
        if (!cleanup.equals(policyOf(topic))) {
            return Optional.of("cleanup.policy: expected " + policyOf(topic) + ", got " + cleanup);
        }
        if (topic.keeping() == Topic.Keeping.FOR_EVER && !kept.equals(FOR_EVER)) {
            return Optional.of("retention.ms: expected " + FOR_EVER + " (for ever), got " + kept);
        }
        if (count != usualPartitions) {
            return Optional.of("partitions: expected " + usualPartitions + " as the others have, got " + count);
        }
        return Optional.empty();
    }

    private NewTopic newTopic(Topic<?, ?> topic) {
        Map<String, String> config = new TreeMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, policyOf(topic));
        config.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Topic.ANY_TIME);
        switch (topic.keeping()) {
            case FOR_A_TIME -> config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
            case FOR_EVER -> config.put(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
            case LAST_OF_KEY -> {}
        }
        var replicas = replication == 0 ? Optional.<Short>empty() : Optional.of(replication);
        return new NewTopic(topic.name(), Optional.of(partitions), replicas).configs(config);
    }

    private static String policyOf(Topic<?, ?> topic) {
        return topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE;
    }

    private static Map<String, TopicDescription> describe(Admin admin, Set<String> names, Map<String, String> refused) {
        var found = new HashMap<String, TopicDescription>();
        admin.describeTopics(names).topicNameValues().forEach((name, description) -> {
            try {
                found.put(name, description.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicAuthorizationException) {
                    refused.put(name, refusal(AclOperation.DESCRIBE));
                } else if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("describing " + name, e.getCause());
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return found;
    }

    private static Map<String, Config> configs(Admin admin, Set<String> names, Map<String, String> refused) {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var found = new HashMap<String, Config>();
        admin.describeConfigs(resources).values().forEach((resource, config) -> {
            try {
                found.put(resource.name(), config.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicAuthorizationException)) {
                    throw failed("describing the configuration of " + resource.name(), e.getCause());
                }
                refused.put(resource.name(), refusal(AclOperation.DESCRIBE_CONFIGS));
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        });
        return found;
    }

    private static String refusal(AclOperation operation) {
        return "this user may not " + operation + " it: give it the rights that `weighbridge topics acls` prints";
    }

    /** Those of these topics that a broker knows, or will not tell this user of. */
    private static Set<String> known(Admin admin, Set<String> names) {
        var refused = new HashMap<String, String>();
        var known = new HashSet<>(describe(admin, names, refused).keySet());
        known.addAll(refused.keySet());
        return known;
    }

    /** Asks {@code known} until it has all of these. */
    static void awaitKnown(List<String> topics, UnaryOperator<Set<String>> known, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        var left = new TreeSet<>(topics);
        try {
            for (left.removeAll(known.apply(left)); !left.isEmpty(); left.removeAll(known.apply(left))) {
                if (System.nanoTime() > end) {
                    throw new KafkaException("creating topics: the brokers do not know of " + left + ", "
                            + patience.toSeconds() + " s after they were created");
                }
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private interface Result {
        void get() throws ExecutionException, InterruptedException;
    }

    private static boolean isCreated(Result result) {
        try {
            result.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failed("creating topics", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static KafkaException failed(String what, Throwable cause) {
        return new KafkaException(what + ": " + cause.getMessage(), cause);
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new KafkaException("interrupted", e);
    }
}
