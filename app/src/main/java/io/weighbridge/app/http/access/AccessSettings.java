package io.weighbridge.app.http.access;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a page's server is guarded.
 *
 * @param tokensFile empty if everybody may do everything, which only a server on the loopback address may allow
 * @param sessionIdle a browser's session ends when it is not used for so long
 * @param sessionLongest it ends then in any case
 * @param requestsPerSecond of one token, or of one address without any, in the long run
 * @param requestsBurst at once
 * @param failedAttemptsPerMinute of one address
 * @param publicUrl under which browsers know this server; empty if that is where it listens
 */
public record AccessSettings(
        Optional<Path> tokensFile,
        Duration sessionIdle,
        Duration sessionLongest,
        int requestsPerSecond,
        int requestsBurst,
        int failedAttemptsPerMinute,
        String publicUrl) {

    /** Setting: the file of tokens. */
    public static final String TOKENS_FILE = "weighbridge.api.tokens.file";

    private static final String PREFIX = "weighbridge.api.";

    private static final Duration DEFAULT_IDLE = Duration.ofMinutes(30);
    private static final Duration DEFAULT_LONGEST = Duration.ofHours(12);
    private static final int DEFAULT_PER_SECOND = 50;
    private static final int DEFAULT_BURST = 200;
    private static final int DEFAULT_FAILED = 10;

    /** What {@link #of} reads. */
    public static final List<Setting> SETTINGS = List.of(
            Setting.none(TOKENS_FILE),
            Setting.of(PREFIX + "session.idle", DEFAULT_IDLE),
            Setting.of(PREFIX + "session.longest", DEFAULT_LONGEST),
            Setting.of(PREFIX + "requests.per.second", DEFAULT_PER_SECOND),
            Setting.of(PREFIX + "requests.burst", DEFAULT_BURST),
            Setting.of(PREFIX + "failed.attempts.per.minute", DEFAULT_FAILED),
            Setting.none(PREFIX + "public.url"));

    /** Everybody on this machine may do everything: the demo. */
    public static AccessSettings open(Settings settings) {
        return read(settings, Optional.empty());
    }

    /**
     * Whoever shows a token may do what its role allows.
     *
     * @throws IllegalArgumentException if no file of tokens is set; the message tells how to make one
     */
    public static AccessSettings of(Settings settings) {
        String file = settings.text(TOKENS_FILE, "").strip();
        if (file.isEmpty()) {
            settings.problem(
                    TOKENS_FILE,
                    "expected the file of the tokens that this server accepts, got none; `weighbridge token create"
                            + " --tokens-file FILE --name NAME --role viewer` makes one");
        }
        return read(settings, Optional.of(Path.of(file)));
    }

    boolean isOpen() {
        return tokensFile.isEmpty();
    }

    private static AccessSettings read(Settings settings, Optional<Path> tokensFile) {
        var access = new AccessSettings(
                tokensFile,
                settings.duration(PREFIX + "session.idle", DEFAULT_IDLE),
                settings.duration(PREFIX + "session.longest", DEFAULT_LONGEST),
                atLeastOne(settings, PREFIX + "requests.per.second", DEFAULT_PER_SECOND),
                atLeastOne(settings, PREFIX + "requests.burst", DEFAULT_BURST),
                atLeastOne(settings, PREFIX + "failed.attempts.per.minute", DEFAULT_FAILED),
                settings.text(PREFIX + "public.url", "").strip().replaceAll("/+$", ""));
        settings.check();
        return access;
    }

    private static int atLeastOne(Settings settings, String name, int byDefault) {
        int value = settings.count(name, byDefault);
        if (value == 0) {
            settings.problem(name, "expected 1 or more, got 0");
        }
        return value;
    }
}
