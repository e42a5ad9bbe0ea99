package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.bench.pipeline.AlertWatch.Seen;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * How long alerts took, from event to consumer.
 *
 * @param count of alerts; all else is 0 if it is
 */
public record Percentiles(int count, long p50Millis, long p95Millis, long p99Millis, long maxMillis) {

    static Percentiles of(Collection<Seen> alerts) {
        return of(alerts.stream().mapToLong(Seen::latencyMillis));
    }

    /** @param millis in any order */
    public static Percentiles of(LongStream millis) {
        long[] sorted = millis.sorted().toArray();
        return new Percentiles(sorted.length, at(sorted, .5), at(sorted, .95), at(sorted, .99), at(sorted, 1));
    }

    /** Nearest rank. */
    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
