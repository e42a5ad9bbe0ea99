package io.weighbridge.hasher;

import io.weighbridge.hash.SiteKey;
import io.weighbridge.hasher.fetch.FetchSettings;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/**
 * The settings of the hasher. Durations are ISO 8601 ({@code PT30S}) or milliseconds; all others go to Kafka as they are.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>name</th><th>unit</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code weighbridge.scan.threads}</td><td>threads</td><td>32</td>
 *     <td>requests under way at a time in this process, most of them waiting for hosts; more if there are more processors</td></tr>
 * <tr><td>{@code weighbridge.scan.hash.threads}</td><td>threads</td><td>processors</td>
 *     <td>files read and hashed at a time in this process</td></tr>
 * <tr><td>{@code weighbridge.scan.live.weight}, {@code weighbridge.scan.backfill.weight}</td><td>parts</td><td>4, 1</td>
 *     <td>how live requests and backfill share both kinds of threads; backfill never takes more than its part</td></tr>
 * <tr><td>{@code weighbridge.scan.window}</td><td>requests</td><td>32</td>
 *     <td>requests of a task that wait for a thread in memory; all others wait in the pending store</td></tr>
 * <tr><td>{@code weighbridge.scan.interval}</td><td>duration</td><td>PT0.1S</td>
 *     <td>time between two looks at what is done</td></tr>
 * <tr><td>{@code weighbridge.scan.deadline}</td><td>duration</td><td>PT1H</td>
 *     <td>time for all files of a request; files not begun by then are TIMED_OUT</td></tr>
 * <tr><td>{@code weighbridge.scan.max.files}</td><td>files</td><td>1000</td>
 *     <td>a request with more is TOO_LARGE; 1000 is the most, as their outcome is one record</td></tr>
 * <tr><td>{@code weighbridge.scan.max.kept.bytes}</td><td>bytes</td><td>68719476736</td>
 *     <td>files of a request that are read together, such as the shards of a model, are kept until its end; more of them in the spool are TOO_LARGE</td></tr>
 * <tr><td>{@code weighbridge.scan.known.files}</td><td>files</td><td>1000</td>
 *     <td>scans kept in memory by SHA-256: a file whose event states one of these digests is not fetched; 0 for none</td></tr>
 * <tr><td>{@code weighbridge.fetch.file.roots}</td><td>folders, by commas</td><td>none</td>
 *     <td>folders that {@code file:} addresses may name files in, links resolved; {@code /} allows all, none refuses all</td></tr>
 * <tr><td>{@code weighbridge.fetch.allow.private.addresses}</td><td>true or false</td><td>false</td>
 *     <td>whether hosts with loopback, private, link-local or otherwise not public addresses may be asked</td></tr>
 * <tr><td>{@code weighbridge.fetch.spool.dir}</td><td>folder</td><td>weighbridge-spool in the temporary folder</td>
 *     <td>holds downloads while they are read</td></tr>
 * <tr><td>{@code weighbridge.fetch.max.bytes}</td><td>bytes</td><td>4294967296</td>
 *     <td>a larger file is TOO_LARGE</td></tr>
 * <tr><td>{@code weighbridge.fetch.spool.max.bytes}</td><td>bytes</td><td>max.bytes</td>
 *     <td>a larger file is read over the network in stretches, if its host gives ranges under a strong ETag; else it is TOO_LARGE</td></tr>
 * <tr><td>{@code weighbridge.fetch.spool.total.bytes}</td><td>bytes</td><td>137438953472</td>
 *     <td>most bytes of all downloads in the spool together; a download that would go over it waits</td></tr>
 * <tr><td>{@code weighbridge.fetch.range.chunk.bytes}</td><td>bytes</td><td>4194304</td>
 *     <td>length of such a stretch</td></tr>
 * <tr><td>{@code weighbridge.fetch.range.cache.bytes}</td><td>bytes</td><td>33554432</td>
 *     <td>most bytes of stretches of one file that are kept in memory; two stretches at least</td></tr>
 * <tr><td>{@code weighbridge.fetch.deadline}</td><td>duration</td><td>PT10M</td>
 *     <td>time for one download, with all attempts and redirects; TIMED_OUT after it</td></tr>
 * <tr><td>{@code weighbridge.fetch.connect.timeout}</td><td>duration</td><td>PT10S</td>
 *     <td>time to reach a host</td></tr>
 * <tr><td>{@code weighbridge.fetch.read.timeout}</td><td>duration</td><td>PT30S</td>
 *     <td>longest silence of a host</td></tr>
 * <tr><td>{@code weighbridge.fetch.attempts}</td><td>requests</td><td>4</td>
 *     <td>attempts in all, after I/O errors and HTTP 408, 429 and 5xx</td></tr>
 * <tr><td>{@code weighbridge.fetch.backoff}</td><td>duration</td><td>PT0.5S</td>
 *     <td>wait before the second attempt; doubles; a longer {@code Retry-After} is honoured within the deadline</td></tr>
 * <tr><td>{@code weighbridge.fetch.redirects}</td><td>redirects</td><td>5</td>
 *     <td>most redirects of one attempt</td></tr>
 * <tr><td>{@code weighbridge.read.max.header.bytes}</td><td>bytes</td><td>67108864</td>
 *     <td>largest header, pickle, graph or directory held in memory; this and the following give TOO_LARGE</td></tr>
 * <tr><td>{@code weighbridge.read.max.tensors}</td><td>tensors</td><td>100000</td>
 *     <td>most tensors in one file</td></tr>
 * <tr><td>{@code weighbridge.read.max.tensor.weights}</td><td>numbers</td><td>68719476736</td>
 *     <td>most numbers in one tensor</td></tr>
 * <tr><td>{@code weighbridge.read.max.entries}</td><td>entries</td><td>100000</td>
 *     <td>most entries in one archive, and in all archives that lie in one another</td></tr>
 * <tr><td>{@code weighbridge.read.max.inflated.bytes}</td><td>bytes</td><td>8589934592</td>
 *     <td>most bytes that compressed content of one file may give</td></tr>
 * <tr><td>{@code weighbridge.read.max.depth}</td><td>archives</td><td>3</td>
 *     <td>most archives and compressed streams around a model, the outermost included</td></tr>
 * <tr><td>{@code weighbridge.read.max.ratio}</td><td>times</td><td>250</td>
 *     <td>how many times its compressed size an entry of more than 4 MiB may have</td></tr>
 * <tr><td>{@code weighbridge.read.max.dimensions}</td><td>dimensions</td><td>64</td>
 *     <td>most dimensions of a tensor</td></tr>
 * <tr><td>{@code weighbridge.read.max.time}</td><td>duration</td><td>PT1H</td>
 *     <td>time for reading and hashing one file; TIMED_OUT after it</td></tr>
 * <tr><td>{@code weighbridge.fetch.hf.endpoint}</td><td>http(s) address</td><td>none</td>
 *     <td>the hub that {@code hf:} addresses lead to; none refuses all of them</td></tr>
 * <tr><td>{@code weighbridge.fetch.list.max.pages}</td><td>pages</td><td>100</td>
 *     <td>most pages of the listing of one repository</td></tr>
 * <tr><td>{@code weighbridge.fetch.list.max.files}</td><td>files</td><td>10000</td>
 *     <td>most files in the listing of one repository or folder</td></tr>
 * <tr><td>{@code weighbridge.fetch.list.max.bytes}</td><td>bytes</td><td>16777216</td>
 *     <td>most bytes in the listing of one repository</td></tr>
 * <tr><td>{@code weighbridge.hash.site.key.file}</td><td>file</td><td>none</td>
 *     <td>the secret that decides on the basis of the codes; the matcher needs the same</td></tr>
 * </table>
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

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int MOSTLY_WAITING = 32;
    private static final int MOST_FILES = 1_000;
    private static final long DEFAULT_MAX_KEPT_BYTES = 64L << 30;

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
                atLeastOne(settings, LIVE_WEIGHT, 4),
                atLeastOne(settings, BACKFILL_WEIGHT, 1),
                atLeastOne(settings, WINDOW, 32),
                positive(settings, FORWARD_INTERVAL, Duration.ofMillis(100)),
                positive(settings, SCAN_DEADLINE, Duration.ofHours(1)),
                files(settings),
                settings.bytes(MAX_KEPT_BYTES, DEFAULT_MAX_KEPT_BYTES),
                settings.count(KNOWN_FILES, 1_000),
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
