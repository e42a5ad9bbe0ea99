package io.weighbridge.hasher;

import io.weighbridge.hash.SiteKey;
import io.weighbridge.hasher.fetch.FetchSettings;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/**
 * The settings of the hasher. Durations are ISO 8601 ({@code PT30S}) or milliseconds; all others go to Kafka as they are.
 *
 * @param config for Kafka Streams
 * @param scanThreads requests under way at a time
 * @param hashThreads files read and hashed at a time
 * @param knownFiles scans that are kept to be used for equal bytes
 * @param liveWeight of live requests, in the same unit as {@code backfillWeight}
 * @param window requests of a task that are handed to the pool at a time
 */
public record HasherSettings(
        Topics topics,
        Map<String, Object> config,
        FetchSettings fetch,
        ReadLimits readLimits,
        int scanThreads,
        int hashThreads,
        int liveWeight,
        int backfillWeight,
        int window,
        Duration forwardInterval,
        Duration scanDeadline,
        int maxFiles,
        long maxKeptBytes,
        int knownFiles,
        SiteKey siteKey) {

    static final String SCAN_THREADS = "weighbridge.scan.threads";
    static final String HASH_THREADS = "weighbridge.scan.hash.threads";
    static final String LIVE_WEIGHT = "weighbridge.scan.live.weight";
    static final String BACKFILL_WEIGHT = "weighbridge.scan.backfill.weight";
    static final String WINDOW = "weighbridge.scan.window";
    static final String FORWARD_INTERVAL = "weighbridge.scan.interval";
    static final String SCAN_DEADLINE = "weighbridge.scan.deadline";
    static final String MAX_FILES = "weighbridge.scan.max.files";
    static final String KNOWN_FILES = "weighbridge.scan.known.files";
    static final String MAX_KEPT_BYTES = "weighbridge.scan.max.kept.bytes";

    private static final int DEFAULT_LIVE_WEIGHT = 4;
    private static final int DEFAULT_BACKFILL_WEIGHT = 1;
    private static final int DEFAULT_WINDOW = 32;
    private static final int DEFAULT_KNOWN_FILES = 1_000;
    private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);
    private static final Duration DEFAULT_DEADLINE = Duration.ofHours(1);
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int MOSTLY_WAITING = 32;
    private static final int MOST_FILES = 1_000;
    private static final long DEFAULT_MAX_KEPT_BYTES = 64L << 30;

    /** What only the hasher reads. */
    public static final List<Setting> SETTINGS = Stream.of(
                    List.of(
                            Setting.computed(SCAN_THREADS, MOSTLY_WAITING + ", or cores if there are more"),
                            Setting.computed(HASH_THREADS, "cores"),
                            Setting.of(LIVE_WEIGHT, DEFAULT_LIVE_WEIGHT),
                            Setting.of(BACKFILL_WEIGHT, DEFAULT_BACKFILL_WEIGHT),
                            Setting.of(WINDOW, DEFAULT_WINDOW),
                            Setting.of(FORWARD_INTERVAL, DEFAULT_INTERVAL),
                            Setting.of(SCAN_DEADLINE, DEFAULT_DEADLINE),
                            Setting.of(MAX_FILES, MOST_FILES),
                            Setting.of(MAX_KEPT_BYTES, DEFAULT_MAX_KEPT_BYTES),
                            Setting.of(KNOWN_FILES, DEFAULT_KNOWN_FILES)),
                    FetchSettings.SETTINGS,
                    ReadLimits.SETTINGS)
            .flatMap(List::stream)
            .toList();

    public HasherSettings {
        config = Map.copyOf(config);
    }

    /**
     * Reads the settings of the hasher.
     *
     * @throws IllegalArgumentException if any is wrong, naming each
     */
    public static HasherSettings from(Settings settings) {
        var config = new TreeMap<String, Object>();
        RoleConfig.of(settings, "hasher").forEach((name, value) -> config.put(name.toString(), value));
        var hasher = new HasherSettings(
                Topics.of(settings),
                config,
                FetchSettings.from(settings),
                ReadLimits.from(settings),
                atLeastOne(settings, SCAN_THREADS, Math.max(MOSTLY_WAITING, PROCESSORS)),
                atLeastOne(settings, HASH_THREADS, PROCESSORS),
                atLeastOne(settings, LIVE_WEIGHT, DEFAULT_LIVE_WEIGHT),
                atLeastOne(settings, BACKFILL_WEIGHT, DEFAULT_BACKFILL_WEIGHT),
                atLeastOne(settings, WINDOW, DEFAULT_WINDOW),
                positive(settings, FORWARD_INTERVAL, DEFAULT_INTERVAL),
                positive(settings, SCAN_DEADLINE, DEFAULT_DEADLINE),
                files(settings),
                settings.bytes(MAX_KEPT_BYTES, DEFAULT_MAX_KEPT_BYTES),
                settings.count(KNOWN_FILES, DEFAULT_KNOWN_FILES),
                RoleConfig.siteSecret(settings).map(SiteKey::of).orElse(SiteKey.NONE));
        settings.check();
        return hasher;
    }

    /** For {@code KafkaStreams}. */
    public Properties streams() {
        var properties = new Properties();
        properties.putAll(config);
        return properties;
    }

    /** How so many threads are shared by live requests and backfill. */
    WeightedTurns turns(int threads) {
        return new WeightedTurns(threads, liveWeight, backfillWeight);
    }

    /** For the topology: internal topics have to be named. */
    TopologyConfig topologyConfig() {
        return new TopologyConfig(new StreamsConfig(config));
    }

    private static int atLeastOne(Settings settings, String name, int byDefault) {
        int count = settings.count(name, byDefault);
        if (count == 0) {
            settings.problem(name, "expected at least 1, got 0");
            return byDefault;
        }
        return count;
    }

    private static int files(Settings settings) {
        int files = atLeastOne(settings, MAX_FILES, MOST_FILES);
        if (files > MOST_FILES) {
            settings.problem(MAX_FILES, "expected at most " + MOST_FILES + ", got " + files);
        }
        return files;
    }

    private static Duration positive(Settings settings, String name, Duration byDefault) {
        var duration = settings.duration(name, byDefault);
        if (duration.toMillis() <= 0) {
            settings.problem(name, "expected at least a millisecond, got " + duration);
            return byDefault;
        }
        return duration;
    }
}
