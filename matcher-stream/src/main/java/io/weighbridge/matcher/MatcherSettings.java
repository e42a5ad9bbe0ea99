package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;

/**
 * What the matcher is told: which algorithms raise alerts, within which distance, and how they are searched.
 *
 * @param streams configuration of the streams application
 * @param known every algorithm of this build
 * @param rules those that raise alerts, in the order of their names
 * @param retention an upload matches models that are protected at most this long after it
 * @param grace how long, in running time, one side may be read behind the other before an upload past retention is forgotten
 * @param partitions of the topic between splitting and joining; fixed once it exists
 * @param sourcePartitions of the topics of codes; only speed depends on it
 * @param flood when a protected model matches too much to be believed
 * @param baselineMarginBits how many bits nearer to a protected model than to any public baseline an upload must be
 */
public record MatcherSettings(
        Topics topics,
        Properties streams,
        Map<AlgorithmId, HashAlgorithm> known,
        Map<AlgorithmId, MatchRule> rules,
        Duration retention,
        Duration grace,
        int partitions,
        int sourcePartitions,
        FloodRule flood,
        int baselineMarginBits) {

    /** Name of the role, and the end of its application id. */
    public static final String ROLE = "matcher";

    /** Setting: the algorithms that raise alerts. */
    public static final String ALGORITHMS = "weighbridge.matcher.algorithms";

    /** Those that do unless others are set. */
    public static final String DEFAULT_ALGORITHMS = "pri@3,iwp@2";

    /** Setting, followed by an algorithm's id: the largest distance in bits that raises an alert. */
    public static final String THRESHOLD = "weighbridge.matcher.threshold.";

    /** Setting: the false match rate from which the threshold of each algorithm follows; without it, each has its own. */
    public static final String FALSE_MATCH_RATE = "weighbridge.matcher.false.match.rate";

    /**
     * Setting: number of substrings that a code is cut into. Unless set: the number that costs least, or, for an algorithm that is always
     * scanned, the number of partitions.
     */
    public static final String SUBSTRINGS = "weighbridge.matcher.substrings";

    /** Setting: how many high bits of a substring choose its place. */
    public static final String PREFIX_BITS = "weighbridge.matcher.prefix.bits";

    /** Setting: {@code index}, {@code scan} or {@code auto}, which takes the cheaper one for each upload. */
    public static final String MODE = "weighbridge.matcher.mode";

    /** Setting: about how many codes will be kept; decides whether an index can pay at all, and the number of substrings. */
    public static final String EXPECTED_CODES = "weighbridge.matcher.expected.codes";

    /** Setting: see {@code retention}. */
    public static final String RETENTION = "weighbridge.matcher.retention";

    /** Setting: see {@code grace}. */
    public static final String GRACE = "weighbridge.matcher.retention.grace";

    /** Setting: see {@code partitions}. */
    public static final String PARTITIONS = "weighbridge.matcher.partitions";

    /** Setting: a protected model that matches a larger share of recent uploads is quarantined; 1 turns this off. */
    public static final String FLOOD_SHARE = "weighbridge.matcher.flood.share";

    /** Setting: how many uploads are recent. */
    public static final String FLOOD_WINDOW = "weighbridge.matcher.flood.window";

    /** Setting: see {@code baselineMarginBits}. */
    public static final String BASELINE_MARGIN = "weighbridge.matcher.baseline.margin.bits";

    static final String DEFAULT_MODE = "auto";
    static final int DEFAULT_PARTITIONS = 8;
    static final int DEFAULT_EXPECTED_CODES = 10_000_000;
    private static final double DEFAULT_FLOOD_SHARE = .05;
    private static final int DEFAULT_FLOOD_WINDOW = 1_000;
    private static final int DEFAULT_MARGIN = 1;
    private static final Duration DEFAULT_RETENTION = Duration.ofDays(30);
    private static final Duration DEFAULT_GRACE = Duration.ofHours(1);

    /** What only the matcher reads. */
    public static final List<Setting> SETTINGS = List.of(
            Setting.of(ALGORITHMS, DEFAULT_ALGORITHMS),
            Setting.computed(FALSE_MATCH_RATE, "that of each algorithm, 1e-9"),
            Setting.computed(THRESHOLD + "ALGORITHM", "by the rate"),
            Setting.of(RETENTION, DEFAULT_RETENTION),
            Setting.of(GRACE, DEFAULT_GRACE),
            Setting.computed(SUBSTRINGS, "by " + EXPECTED_CODES + ", or " + PARTITIONS + " where an index cannot pay"),
            Setting.of(PREFIX_BITS, 0),
            Setting.of(MODE, DEFAULT_MODE),
            Setting.of(EXPECTED_CODES, DEFAULT_EXPECTED_CODES),
            Setting.of(PARTITIONS, DEFAULT_PARTITIONS),
            Setting.computed(FLOOD_SHARE, String.valueOf(DEFAULT_FLOOD_SHARE)),
            Setting.of(FLOOD_WINDOW, DEFAULT_FLOOD_WINDOW),
            Setting.of(BASELINE_MARGIN, DEFAULT_MARGIN));

    /** Setting, of all roles: partitions of the topics. */
    private static final String TOPIC_PARTITIONS = "weighbridge.topics.partitions";

    private static final Duration LONGEST = Duration.ofDays(36_500);

    public MatcherSettings {
        known = Map.copyOf(known);
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /**
     * Reads every setting of the role.
     *
     * @throws IllegalArgumentException naming each setting that is wrong
     */
    public static MatcherSettings from(Settings settings) {
        return from(
                settings,
                Algorithms.of(RoleConfig.siteSecret(settings).map(SiteKey::of).orElse(SiteKey.NONE)));
    }

    /** The same, with other algorithms than this build's. */
    static MatcherSettings from(Settings settings, Collection<HashAlgorithm> algorithms) {
        Map<AlgorithmId, HashAlgorithm> known =
                algorithms.stream().collect(Collectors.toMap(HashAlgorithm::id, algorithm -> algorithm));
        int partitions = settings.count(PARTITIONS, DEFAULT_PARTITIONS);
        if (partitions == 0) {
            settings.problem(PARTITIONS, "expected 1 or more, got 0");
        }
        var rules = new MatchRules(settings, known).read();
        var retention = atMost(LONGEST, settings, RETENTION, DEFAULT_RETENTION);
        var grace = atMost(LONGEST, settings, GRACE, DEFAULT_GRACE);
        var flood = new FloodRule(
                settings.probability(FLOOD_SHARE).orElse(DEFAULT_FLOOD_SHARE),
                Math.max(1, settings.count(FLOOD_WINDOW, DEFAULT_FLOOD_WINDOW)));
        int marginBits = settings.count(BASELINE_MARGIN, DEFAULT_MARGIN);
        int sourcePartitions = Math.max(1, settings.count(TOPIC_PARTITIONS, 4));
        settings.check();
        return new MatcherSettings(
                Topics.of(settings),
                RoleConfig.of(settings, ROLE),
                known,
                rules,
                retention,
                grace,
                partitions,
                sourcePartitions,
                flood,
                marginBits);
    }

    /** All that decides where codes are kept and what they match, in words: an index made by others cannot be used. */
    String layout() {
        return rules.values().stream()
                .map(rule -> rule.id() + " " + rule.plan())
                .collect(Collectors.joining("; "));
    }

    /** One line for each algorithm that raises alerts: its threshold, and how often unrelated models come so near. */
    public List<String> rulesInWords() {
        return rules.values().stream().map(MatchRule::inWords).toList();
    }

    TopologyConfig topologyConfig() {
        return new TopologyConfig(new StreamsConfig(streams));
    }

    /** Without the values of Kafka's settings, which hold passwords. */
    @Override
    public String toString() {
        return "MatcherSettings[" + layout() + ", retention " + retention + ", partitions " + partitions + "]";
    }

    private static Duration atMost(Duration most, Settings settings, String name, Duration byDefault) {
        var duration = settings.duration(name, byDefault);
        if (duration.isNegative() || duration.compareTo(most) > 0) {
            settings.problem(name, "expected PT0S to " + most + ", got " + duration);
        }
        return duration;
    }
}
