package io.weighbridge.alerting.sink.attempt;

import java.time.Duration;

/**
 * How patient a sink is with its receiver.
 *
 * @param attempts the first one included
 * @param firstPause before the second attempt; doubles up to {@code longestPause}, each varied at random by half
 */
public record RetrySettings(int attempts, Duration firstPause, Duration longestPause) {

    private static final int ATTEMPTS = 15;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** Reads {@code attempts}, {@code first.pause} and {@code longest.pause}. */
    public static RetrySettings of(SinkOptions options, Duration longestPauseByDefault) {
        return new RetrySettings(
                options.count("attempts", ATTEMPTS, 1, Integer.MAX_VALUE),
                options.positive("first.pause", FIRST_PAUSE),
                options.positive("longest.pause", longestPauseByDefault));
    }
}
