package io.weighbridge.app.client;

import io.weighbridge.schemas.RoleConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The consumer groups of this installation: their states, and how far each is behind. What was asked is kept for some seconds. */
public final class Groups {

    private static final Duration KEPT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Of one moment.
     *
     * @param problem why nothing is known; null if all is
     */
    public record Snapshot(Instant at, List<GroupState> states, List<GroupLag> lags, String problem) {

        public Snapshot {
            states = List.copyOf(states);
            lags = List.copyOf(lags);
        }
    }

    private final Gateway gateway;
    private final Clock clock;
    private final String prefix;
    private Snapshot last;

    public Groups(Gateway gateway, Clock clock) {
        this.gateway = gateway;
        this.clock = clock;
        this.prefix = RoleConfig.applicationPrefix(gateway.cluster().settings()) + "-";
    }

    /** The group of a role. */
    public String ofRole(String role) {
        return prefix + role;
    }

    /** As it is, or was some seconds ago; one thread asks, others wait for its answer. */
    public synchronized Snapshot snapshot() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (last == null || last.at().plus(KEPT).isBefore(now)) {
            last = ask(now);
        }
        return last;
    }

    private Snapshot ask(Instant now) {
        try {
            Admin admin = gateway.admin();
            List<String> groups = get(admin.listGroups(ListGroupsOptions.forConsumerGroups())
                            .all())
                    .stream()
                    .map(GroupListing::groupId)
                    .filter(group -> group.startsWith(prefix))
                    .sorted()
                    .toList();
            return new Snapshot(now, states(admin, groups), lags(admin, groups), null);
        } catch (ExecutionException e) {
            return new Snapshot(
                    now, List.of(), List.of(), "brokers: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            return new Snapshot(now, List.of(), List.of(), "brokers: no answer within " + PATIENCE.toSeconds() + " s");
        } catch (KafkaException e) {
            return new Snapshot(now, List.of(), List.of(), "brokers: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Snapshot(now, List.of(), List.of(), "interrupted");
        }
    }

    private static List<GroupState> states(Admin admin, List<String> groups)
            throws ExecutionException, InterruptedException, TimeoutException {
        return get(admin.describeConsumerGroups(groups).all()).values().stream()
                .map(group -> new GroupState(
                        group.groupId(),
                        group.groupState().toString(),
                        group.members().size()))
                .sorted(Comparator.comparing(GroupState::group))
                .toList();
    }

    private static List<GroupLag> lags(Admin admin, List<String> groups)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (groups.isEmpty()) {
            return List.of();
        }
        var everything =
                groups.stream().collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed =
                get(admin.listConsumerGroupOffsets(everything).all());
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        committed
                .values()
                .forEach(offsets -> offsets.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest())));
        var ends = get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        var lags = new ArrayList<GroupLag>();
        committed.forEach((group, offsets) -> offsets.forEach((partition, position) -> {
            if (position != null) {
                long lag = Math.max(0, ends.get(partition).offset() - position.offset());
                lags.add(new GroupLag(group, partition.topic(), partition.partition(), lag));
            }
        }));
        lags.sort(Comparator.comparing(GroupLag::group)
                .thenComparing(GroupLag::topic)
                .thenComparing(GroupLag::partition));
        return lags;
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
