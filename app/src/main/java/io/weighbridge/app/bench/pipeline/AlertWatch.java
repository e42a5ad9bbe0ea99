package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.Following;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Follows the alert topic as any consumer would, committed records only, and notes when each alert arrived. */
public final class AlertWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private final List<Seen> seen = new ArrayList<>();
    private final Set<CodePair> pairs = new HashSet<>();
    private final Following following;

    private AlertWatch(Cluster cluster) {
        following = cluster.reader().follow(cluster.topics().infringementAlerts(), true, this::note);
    }

    /**
     * An alert that arrived.
     *
     * @param eventMillis the later of uploadedAt and protectedAt
     * @param seenMillis when it was in the hands of this consumer
     */
    public record Seen(CodePair pair, long eventMillis, long seenMillis) {
        public long latencyMillis() {
            return seenMillis - eventMillis;
        }
    }

    /** Begins with the alerts that are there already. */
    public static AlertWatch on(Cluster cluster) {
        return new AlertWatch(cluster);
    }

    private synchronized void note(Entry<InfringementAlert> entry) {
        if (!entry.isTombstone()) {
            var alert = entry.value();
            var pair = CodePair.of(alert);
            pairs.add(pair);
            seen.add(new Seen(pair, alert.getMatchedAt().toEpochMilli(), System.currentTimeMillis()));
        }
    }

    /** Waits until each pair has had an alert; returns false if the time is over first. */
    public boolean await(Set<CodePair> expected, Duration timeout) throws InterruptedException {
        return await(
                () -> size() >= expected.size()
                        && difference(expected).missing().isEmpty(),
                timeout);
    }

    /** Waits until that many pairs have had alerts; returns false if the time is over first. */
    public boolean awaitCount(int count, Duration timeout) throws InterruptedException {
        return await(() -> size() >= count, timeout);
    }

    private static boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return true;
    }

    /** How many pairs have had alerts. */
    public synchronized int size() {
        return pairs.size();
    }

    /** All alerts so far, in the order in which they arrived. */
    public synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** What the alerts so far have too little and too much. */
    public synchronized Difference difference(Set<CodePair> expected) {
        var missing = new HashSet<>(expected);
        missing.removeAll(pairs);
        var unexpected = new HashSet<>(pairs);
        unexpected.removeAll(expected);
        return new Difference(missing, unexpected, seen.size() - pairs.size());
    }

    /**
     * How alerts differ from those expected.
     *
     * @param doubled how many alerts were about a pair that had one already
     */
    public record Difference(Set<CodePair> missing, Set<CodePair> unexpected, int doubled) {
        public boolean isNone() {
            return missing.isEmpty() && unexpected.isEmpty() && doubled == 0;
        }
    }

    @Override
    public void close() {
        following.close();
    }
}
