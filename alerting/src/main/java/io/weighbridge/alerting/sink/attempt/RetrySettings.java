package io.weighbridge.alerting.sink.attempt;

import io.weighbridge.schemas.Setting;
import java.time.Duration;
import java.util.List;

/**
 * How patient a sink is with its receiver.
 *
 * @param attempts the first one included
 * @param firstPause before the second attempt; doubles up to {@code longestPause}, each varied at random by half
 */
public record RetrySettings(int attempts, Duration firstPause, Duration longestPause) {

    private static final int ATTEMPTS = 15;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** What {@link #of} reads. */
    public static List<Setting> settings(String kind, Duration longestPauseByDefault) {
        return List.of(
                Setting.of(SinkOptions.name(kind, "attempts"), ATTEMPTS),
                Setting.of(SinkOptions.name(kind, "first.pause"), FIRST_PAUSE),
                Setting.of(SinkOptions.name(kind, "longest.pause"), longestPauseByDefault));
    }

    /** Reads {@code attempts}, {@code first.pause} and {@code longest.pause}. */
    public static RetrySettings of(SinkOptions options, Duration longestPauseByDefault) {
        return new RetrySettings(
                options.count("attempts", ATTEMPTS, 1, Integer.MAX_VALUE),
                options.positive("first.pause", FIRST_PAUSE),
                options.positive("longest.pause", longestPauseByDefault));
    }
}
