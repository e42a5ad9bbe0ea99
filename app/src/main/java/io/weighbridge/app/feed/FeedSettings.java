package io.weighbridge.app.feed;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How much of the topics the page knows.
 *
 * @param history how far back they are read at the start
 * @param keptCases those seen longest ago are left out
 */
public record FeedSettings(Duration history, int keptCases) {

    /** Setting: see {@code history}. */
    public static final String HISTORY = "weighbridge.feed.history";

    /** Setting: see {@code keptCases}. */
    public static final String KEPT_CASES = "weighbridge.feed.cases";

    private static final Duration DEFAULT_HISTORY = Duration.ofDays(7);
    private static final int DEFAULT_KEPT_CASES = 100_000;

    /** What {@link #from} reads. */
    public static final List<Setting> SETTINGS =
            List.of(Setting.of(HISTORY, DEFAULT_HISTORY), Setting.of(KEPT_CASES, DEFAULT_KEPT_CASES));

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException naming each that is wrong
     */
    public static FeedSettings from(Settings settings) {
        var feed = new FeedSettings(
                settings.duration(HISTORY, DEFAULT_HISTORY),
                Math.max(1, settings.count(KEPT_CASES, DEFAULT_KEPT_CASES)));
        settings.check();
        return feed;
    }
}
