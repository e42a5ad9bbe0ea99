package io.weighbridge.app.http.access;

import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.time.Duration;
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
            throw new IllegalArgumentException(TOKENS_FILE
                    + ": expected the file of the tokens that this server accepts, got none; `weighbridge token create"
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
                settings.duration(PREFIX + "session.idle", Duration.ofMinutes(30)),
                settings.duration(PREFIX + "session.longest", Duration.ofHours(12)),
                atLeastOne(settings, PREFIX + "requests.per.second", 50),
                atLeastOne(settings, PREFIX + "requests.burst", 200),
                atLeastOne(settings, PREFIX + "failed.attempts.per.minute", 10),
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
