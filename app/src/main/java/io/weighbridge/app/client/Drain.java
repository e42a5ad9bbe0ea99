package io.weighbridge.app.client;

import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
 * Waits until what was published before has gone all the way through the stages: only then is an upload without an alert known to match
 * nothing, and a withdrawal known to be in effect. What is published meanwhile is not waited for.
 *
 * <p>Relies on: a stage commits its offsets in the transaction that holds its output, so what lies at the end of the next stage's input once
 * the first has passed is all there is to wait for there. Scans under way in the hasher's pending store are passed in this sense; their
 * outcomes tell of them.
 */
public final class Drain {

    private static final Duration POLL = Duration.ofMillis(100);

    private static final String MATCHER = "matcher";

    /** The matcher reads codes first and then, from a topic of its own, their substrings. */
    private static final List<String> STAGES = List.of("hasher", MATCHER, MATCHER, "alerting");

    private final Admin admin;
    private final String prefix;
    private final List<String> stages;

    public Drain(Admin admin, Settings settings) {
        this(admin, settings, STAGES);
    }

    private Drain(Admin admin, Settings settings, List<String> stages) {
        this.admin = admin;
        this.stages = stages;
        this.prefix = RoleConfig.applicationPrefix(settings);
    }

    /** The matcher alone, where no other stage runs. */
    public static Drain ofMatcher(Admin admin, Settings settings) {
        return new Drain(admin, settings, List.of(MATCHER, MATCHER));
    }

    /** Waits for all stages in turn; returns false if the time is over first. */
    public boolean await(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        for (String stage : stages) {
            if (!awaitStage(prefix + "-" + stage, end)) {
                return false;
            }
        }
        return true;
    }

    private boolean awaitStage(String group, long end) throws InterruptedException {
        Map<TopicPartition, Long> target = Map.of();
        while (target.isEmpty() || !hasPassed(group, target)) {
            if (System.nanoTime() > end) {
                return false;
            }
            if (target.isEmpty()) {
                target = endsOfInput(group);
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return true;
    }

    /** The last stable offsets of all that the members of a group are assigned; empty while it has no members. */
    private Map<TopicPartition, Long> endsOfInput(String group) throws InterruptedException {
        return ask(group, () -> {
            Set<TopicPartition> assigned =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                            .flatMap(member -> member.assignment().topicPartitions().stream())
                            .collect(Collectors.toSet());
            var latest = assigned.stream().collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
            return admin
                    .listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().offset()));
        });
    }

    private boolean hasPassed(String group, Map<TopicPartition, Long> target) throws InterruptedException {
        var committed = ask(
                group,
                () -> admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get());
        return target.entrySet().stream().allMatch(end -> {
            var position = committed.get(end.getKey());
            return end.getValue() <= (position == null ? 0 : position.offset());
        });
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T ask(String group, Question<T> question) throws InterruptedException {
        try {
            return question.ask();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "reading the progress of " + group + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
