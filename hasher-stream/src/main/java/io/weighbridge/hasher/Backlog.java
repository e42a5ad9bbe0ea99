package io.weighbridge.hasher;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/**
 * How many requests of a task are pending, and since when. Counts them by the second of their record's timestamp, so memory grows with the
 * time they span, not with their number. Written by the stream thread, read by any.
 */
final class Backlog {

    private final TreeMap<Long, Integer> countBySecond = new TreeMap<>();
    private long size;

    synchronized void add(long timestampMillis) {
        countBySecond.merge(second(timestampMillis), 1, Integer::sum);
        size++;
    }

    synchronized void remove(long timestampMillis) {
        countBySecond.computeIfPresent(second(timestampMillis), (second, count) -> count == 1 ? null : count - 1);
        size--;
    }

    synchronized long size() {
        return size;
    }

    /** Time since the oldest record's timestamp, to the second; zero if nothing is pending. */
    synchronized Duration oldestAge(Instant now) {
        return countBySecond.isEmpty()
                ? Duration.ZERO
                : Duration.between(Instant.ofEpochSecond(countBySecond.firstKey()), now);
    }

    private static long second(long timestampMillis) {
        return Math.floorDiv(timestampMillis, 1000L);
    }
}
