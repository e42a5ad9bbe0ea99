package io.weighbridge.app.operate.reset;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.RoleTopics;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Sets a role back: it reads its topics again, from their beginning or from a time, with no state. What Kafka's own reset tool does, for
 * the topologies of this build. Topics that keep the last of each key or all for ever are read from their beginning in any case: without
 * them the role would not know what is protected, or what was decided.
 */
public final class Reset {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The roles' session timeout, 10 s, and as long again as brokers may need to look. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Cluster cluster;
    private final Role role;
    private final String group;
    private final InternalSubjects subjects;

    public Reset(Cluster cluster, Role role) {
        this.cluster = cluster;
        this.role = role;
        group = RoleConfig.of(cluster.settings(), role.id()).getProperty(StreamsConfig.APPLICATION_ID_CONFIG);
        subjects = new InternalSubjects(cluster.settings(), group);
    }

    /**
     * What would be done; changes nothing.
     *
     * @param from where topics of records in time are read from; empty for their beginning
     * @param data the data folder of the role's processes on this machine
     * @throws KafkaException if the brokers or the registry cannot tell
     * @throws IOException if the data folder cannot be read
     */
    public ResetPlan plan(Optional<Instant> from, Path data) throws IOException {
        try (Admin admin = cluster.admin()) {
            return new ResetPlan(
                    role,
                    group,
                    members(admin),
                    inputs(admin, from),
                    internalTopics(admin),
                    subjects.all(),
                    LocalState.folders(cluster.settings(), data, group));
        }
    }

    /**
     * Waits until the brokers have forgotten members that went without a word, or for as long as that can take: then whoever is left lives.
     *
     * @throws KafkaException if the brokers cannot tell
     */
    public void awaitNoMembers() {
        long end = System.nanoTime() + FORGOTTEN.toNanos();
        try (Admin admin = cluster.admin()) {
            while (!members(admin).isEmpty() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Does what a plan says. The group goes first, which the brokers refuse while it has members: then nothing is changed. What is broken
     * off in the middle can be done again.
     *
     * @throws KafkaException if the brokers or the registry refuse
     * @throws IOException if a folder is in use or cannot be deleted
     */
    public void run(ResetPlan plan) throws IOException {
        try (Admin admin = cluster.admin()) {
            deleteGroup(admin);
            deleteTopics(admin, plan.internalTopics());
            subjects.delete(plan.internalSubjects());
            var places = plan.inputs().stream()
                    .collect(Collectors.toMap(
                            input -> new TopicPartition(input.topic(), input.partition()),
                            input -> new OffsetAndMetadata(input.after())));
            get(
                    "setting the places of " + group,
                    admin.alterConsumerGroupOffsets(group, places).all());
        }
        for (Path folder : plan.folders()) {
            LocalState.delete(folder);
        }
    }

    private List<String> members(Admin admin) {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .map(Reset::describe)
                    .sorted()
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw failed("asking for the members of " + group, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static String describe(MemberDescription member) {
        return member.clientId() + " at " + member.host().replaceFirst("^/", "");
    }

    private List<InputPlace> inputs(Admin admin, Optional<Instant> from) {
        Set<TopicPartition> partitions = partitions(admin);
        var starts = offsets(admin, partitions, partition -> start(partition.topic(), from));
        var ends = offsets(admin, partitions, partition -> OffsetSpec.latest());
        var places = committed(admin);
        return partitions.stream()
                .map(partition -> {
                    long end = ends.get(partition);
                    long start = starts.get(partition);
                    var place = places.get(partition);
                    // No record of that time or later: -1.
                    return new InputPlace(
                            partition.topic(),
                            partition.partition(),
                            place == null ? -1 : place.offset(),
                            start < 0 ? end : start,
                            end);
                })
                .sorted(Comparator.comparing(InputPlace::topic).thenComparingInt(InputPlace::partition))
                .toList();
    }

    private OffsetSpec start(String topic, Optional<Instant> from) {
        boolean isOfTime = cluster.topics().all().stream()
                .anyMatch(known -> known.name().equals(topic) && known.keeping() == Topic.Keeping.FOR_A_TIME);
        return from.filter(time -> isOfTime)
                .map(time -> OffsetSpec.forTimestamp(time.toEpochMilli()))
                .orElseGet(OffsetSpec::earliest);
    }

    /** Of the topics of the product that the group reads. */
    private Set<TopicPartition> partitions(Admin admin) {
        var topics = RoleTopics.of(role, cluster.settings()).streamed();
        var described = get("asking for topics", admin.describeTopics(topics).allTopicNames());
        return described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Admin admin) {
        return get(
                "asking for the places of " + group,
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Set<TopicPartition> partitions, Function<TopicPartition, OffsetSpec> which) {
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> wanted.put(partition, which.apply(partition)));
        var offsets = new HashMap<TopicPartition, Long>();
        get("asking for offsets", admin.listOffsets(wanted).all())
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private List<String> internalTopics(Admin admin) {
        return get("listing topics", admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(group + "-"))
                .filter(name -> name.endsWith("-changelog") || name.endsWith("-repartition"))
                .sorted()
                .toList();
    }

    private void deleteGroup(Admin admin) {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                throw failed("group " + group + " has members again; nothing was changed", e.getCause());
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw failed("deleting the group " + group, e.getCause());
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Brokers delete in the background; a role that starts before they have would find the old topics. */
    private static void deleteTopics(Admin admin, List<String> topics) {
        get("deleting topics", admin.deleteTopics(topics).all());
        long end = System.nanoTime() + PATIENCE.toNanos();
        var left = new ArrayList<>(topics);
        while (!left.isEmpty()) {
            left.retainAll(get("listing topics", admin.listTopics().names()));
            if (!left.isEmpty() && System.nanoTime() > end) {
                throw new KafkaException("deleting topics: still there after " + PATIENCE.toSeconds() + " s: " + left);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static <T> T get(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failed(what, e.getCause());
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
