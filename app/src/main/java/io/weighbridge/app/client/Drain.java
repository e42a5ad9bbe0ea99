package io.weighbridge.app.client;

import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when the matcher has looked at every code and the alerting stage at every alert that was committed so far: only then is an upload
 * without an alert known to match nothing.
 */
public final class Drain {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A commit may fall between looking at one group and at the next, so one quiet look is not enough. */
    private static final int QUIET_LOOKS = 2;

    private final Admin admin;
    private final List<String> groups;

    public Drain(Admin admin, Settings settings) {
        this.admin = admin;
        String prefix = settings.text(RoleConfig.APPLICATION_PREFIX, "weighbridge");
        this.groups = List.of(prefix + "-matcher", prefix + "-alerting");
    }

    /** Waits until nothing is left to look at; returns false if the time is over first. */
    public boolean await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            quiet = isQuiet() ? quiet + 1 : 0;
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return true;
    }

    private boolean isQuiet() throws InterruptedException {
        for (String group : groups) {
            if (!isQuiet(group)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the group has members and has committed up to the last stable offset of all that is assigned to them. */
    private boolean isQuiet(String group) throws InterruptedException {
        try {
            var assigned = assigned(group);
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var latest = assigned.stream().collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
            var ends = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            return !assigned.isEmpty()
                    && ends.entrySet().stream().allMatch(end -> {
                        var position = committed.get(end.getKey());
                        return end.getValue().offset() <= (position == null ? 0 : position.offset());
                    });
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "reading the progress of " + group + ": " + e.getCause().getMessage(), e);
        }
    }

    private Set<TopicPartition> assigned(String group) throws ExecutionException, InterruptedException {
        return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .collect(Collectors.toSet());
    }
}
