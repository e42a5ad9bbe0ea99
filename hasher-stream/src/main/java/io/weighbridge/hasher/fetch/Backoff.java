package io.weighbridge.hasher.fetch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: drawn evenly from zero up to a ceiling that doubles ("full jitter"), so that many downloads that failed together
 * do not come back together.
 *
 * @param random must be safe for use by many threads
 */
record Backoff(Duration first, RandomGenerator random) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The wait after an attempt that failed. @param attempt 1 for the first one */
    Duration after(int attempt) {
        return Duration.ofNanos((long) (random.nextDouble() * ceiling(attempt).toNanos()));
    }

    Duration ceiling(int attempt) {
        var ceiling = first;
        for (int i = 1; i < attempt && ceiling.compareTo(LONGEST) < 0; i++) {
            ceiling = ceiling.multipliedBy(2);
        }
        return ceiling.compareTo(LONGEST) < 0 ? ceiling : LONGEST;
    }
}
