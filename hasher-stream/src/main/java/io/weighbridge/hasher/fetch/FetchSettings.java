package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What may be fetched, and how long and how much of it.
 *
 * @param fileRoots folders that {@code file:} addresses may name files in; none refuses all of them
 * @param allowsPrivateAddresses whether hosts inside the own network may be asked
 * @param spool where bytes from the network are kept while they are read
 * @param maxBytes largest file, of any scheme
 * @param range when files are read without a copy in the spool
 * @param hub where {@code hf:} addresses lead, and how much is listed
 * @param traffic how hard the network and its hosts are used
 * @param tokens what certain hosts are to be shown
 * @param s3 where {@code s3:} addresses lead
 */
public record FetchSettings(
        List<Path> fileRoots,
        boolean allowsPrivateAddresses,
        SpoolSettings spool,
        long maxBytes,
        HttpLimits http,
        RangeSettings range,
        HubSettings hub,
        TrafficSettings traffic,
        HostTokens tokens,
        S3Settings s3) {

    static final String FILE_ROOTS = "weighbridge.fetch.file.roots";
    static final String ALLOW_PRIVATE_ADDRESSES = "weighbridge.fetch.allow.private.addresses";
    static final String MAX_BYTES = "weighbridge.fetch.max.bytes";
    static final String DEADLINE = "weighbridge.fetch.deadline";
    static final String CONNECT_TIMEOUT = "weighbridge.fetch.connect.timeout";
    static final String READ_TIMEOUT = "weighbridge.fetch.read.timeout";
    static final String ATTEMPTS = "weighbridge.fetch.attempts";
    static final String BACKOFF = "weighbridge.fetch.backoff";
    static final String REDIRECTS = "weighbridge.fetch.redirects";
    static final String SPOOL_MAX_BYTES = "weighbridge.fetch.spool.max.bytes";
    static final String RANGE_CHUNK_BYTES = "weighbridge.fetch.range.chunk.bytes";
    static final String RANGE_CACHE_BYTES = "weighbridge.fetch.range.cache.bytes";
    static final String HF_ENDPOINT = "weighbridge.fetch.hf.endpoint";
    static final String LIST_MAX_PAGES = "weighbridge.fetch.list.max.pages";
    static final String LIST_MAX_FILES = "weighbridge.fetch.list.max.files";
    static final String LIST_MAX_BYTES = "weighbridge.fetch.list.max.bytes";

    private static final long DEFAULT_MAX_BYTES = 4L << 30;
    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(10);
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(30);
    private static final int DEFAULT_ATTEMPTS = 4;
    private static final Duration DEFAULT_BACKOFF = Duration.ofMillis(500);
    private static final int DEFAULT_REDIRECTS = 5;

    /** All that is known of fetching. */
    public static final List<Setting> SETTINGS = Stream.of(
                    List.of(
                            Setting.none(FILE_ROOTS),
                            Setting.of(ALLOW_PRIVATE_ADDRESSES, false),
                            Setting.of(MAX_BYTES, DEFAULT_MAX_BYTES),
                            Setting.of(DEADLINE, DEFAULT_DEADLINE),
                            Setting.of(CONNECT_TIMEOUT, DEFAULT_CONNECT_TIMEOUT),
                            Setting.of(READ_TIMEOUT, DEFAULT_READ_TIMEOUT),
                            Setting.of(ATTEMPTS, DEFAULT_ATTEMPTS),
                            Setting.of(BACKOFF, DEFAULT_BACKOFF),
                            Setting.of(REDIRECTS, DEFAULT_REDIRECTS)),
                    SpoolSettings.SETTINGS,
                    RangeSettings.SETTINGS,
                    HubSettings.SETTINGS,
                    TrafficSettings.SETTINGS,
                    HostTokens.SETTINGS,
                    S3Settings.SETTINGS)
            .flatMap(List::stream)
            .toList();

    /**
     * The bounds of one download.
     *
     * @param deadline for the whole download, with all its attempts and redirects
     * @param connectTimeout for reaching the host
     * @param readTimeout longest silence of the host
     * @param attempts requests in all, the first included
     * @param firstBackoff longest wait before the second attempt; it doubles from there
     * @param redirects most redirects that are followed
     */
    public record HttpLimits(
            Duration deadline,
            Duration connectTimeout,
            Duration readTimeout,
            int attempts,
            Duration firstBackoff,
            int redirects) {}

    public FetchSettings {
        fileRoots = List.copyOf(fileRoots);
    }

    /** Reads the {@code weighbridge.fetch.*} settings; wrong values are noted in {@code settings}. */
    public static FetchSettings from(Settings settings) {
        long maxBytes = settings.bytes(MAX_BYTES, DEFAULT_MAX_BYTES);
        var range = RangeSettings.from(settings, maxBytes);
        return new FetchSettings(
                settings.list(FILE_ROOTS, "").stream()
                        .map(root -> folder(settings, FILE_ROOTS, root))
                        .toList(),
                settings.flag(ALLOW_PRIVATE_ADDRESSES, false),
                SpoolSettings.from(settings, Math.min(maxBytes, range.maxSpooledBytes())),
                maxBytes,
                new HttpLimits(
                        positive(settings, DEADLINE, DEFAULT_DEADLINE),
                        positive(settings, CONNECT_TIMEOUT, DEFAULT_CONNECT_TIMEOUT),
                        positive(settings, READ_TIMEOUT, DEFAULT_READ_TIMEOUT),
                        atLeastOne(settings, ATTEMPTS, DEFAULT_ATTEMPTS),
                        positive(settings, BACKOFF, DEFAULT_BACKOFF),
                        settings.count(REDIRECTS, DEFAULT_REDIRECTS)),
                range,
                HubSettings.from(settings),
                TrafficSettings.from(settings),
                HostTokens.from(settings),
                S3Settings.from(settings));
    }

    static Path folder(Settings settings, String name, String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            settings.problem(name, "expected a folder, got " + text);
            return Path.of("").toAbsolutePath();
        }
    }

    private static Duration positive(Settings settings, String name, Duration byDefault) {
        var duration = settings.duration(name, byDefault);
        if (duration.isZero() || duration.isNegative()) {
            settings.problem(name, "expected a duration longer than 0, got " + duration);
            return byDefault;
        }
        return duration;
    }

    static int atLeastOne(Settings settings, String name, int byDefault) {
        int count = settings.count(name, byDefault);
        if (count == 0) {
            settings.problem(name, "expected at least 1, got 0");
            return byDefault;
        }
        return count;
    }
}
