package io.weighbridge.app.feed;

import java.time.Duration;
import java.util.Arrays;

/** The last {@value #KEPT} durations. */
final class Latencies {

    private static final int KEPT = 1_000;

    private final long[] millis = new long[KEPT];
    private long count;

    /** Notes one; clocks of two machines may differ, so a negative one counts as 0. */
    void add(Duration duration) {
        millis[(int) (count++ % KEPT)] = Math.max(0, duration.toMillis());
    }

    Percentiles percentiles() {
        int kept = (int) Math.min(count, KEPT);
        if (kept == 0) {
            return Percentiles.NONE;
        }
        long[] sorted = Arrays.copyOf(millis, kept);
        Arrays.sort(sorted);
        return new Percentiles(count, rank(sorted, .5), rank(sorted, .95), sorted[kept - 1]);
    }

    /** The smallest duration that the given share of all does not exceed. */
    private static long rank(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    /** Nearest-rank percentiles of recent durations, in milliseconds; meaningless if the count is 0. */
    record Percentiles(long count, long p50Millis, long p95Millis, long maxMillis) {
        static final Percentiles NONE = new Percentiles(0, 0, 0, 0);
    }
}
