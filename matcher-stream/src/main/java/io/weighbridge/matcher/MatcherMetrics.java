package io.weighbridge.matcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.search.SearchMode;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.TaskId;

/** The matcher's meters. Tagged by algorithm, never by model or user. */
final class MatcherMetrics {

    static final String LOOKUP_DURATION = "weighbridge.lookup.duration";
    static final String LOOKUP_CANDIDATES = "weighbridge.lookup.candidates";
    static final String MATCH_DISTANCE = "weighbridge.match.distance";
    static final String ALERTS_EMITTED = "weighbridge.alerts.emitted";
    static final String INDEX_ENTRIES = "weighbridge.index.entries";
    static final String INDEX_BYTES = "weighbridge.index.memory";
    static final String INDEX_PENDING = "weighbridge.index.pending";
    static final String LOOKUP_MODE = "weighbridge.lookup.codes";
    static final String ALERTS_HELD = "weighbridge.alerts.held";
    static final String MATCHES_BASELINE = "weighbridge.matches.baseline";
    static final String CODES_IGNORED = "weighbridge.codes.ignored";
    static final String UPLOADS_EXPIRED = "weighbridge.index.expired";

    private final Map<AlgorithmId, OfAlgorithm> meters = new ConcurrentHashMap<>();
    private final Map<TaskId, StoreFigures> stores = new ConcurrentHashMap<>();
    private final Counter ignored;
    private final Counter expired;

    private record OfAlgorithm(
            Timer duration,
            DistributionSummary candidates,
            DistributionSummary distance,
            Map<SearchMode, Counter> modes,
            Map<Finding.Fate, Counter> fates) {}

    /** What a task says of its store. */
    private record StoreFigures(long entries, long bytes, int pending) {}

    MatcherMetrics(MeterRegistry registry, Collection<AlgorithmId> algorithms) {
        for (var id : algorithms) {
            meters.put(id, meters(registry, id.toString()));
        }
        ignored = Counter.builder(CODES_IGNORED)
                .description("Codes of algorithms or versions that this build does not know")
                .register(registry);
        expired = Counter.builder(UPLOADS_EXPIRED)
                .description("Entries of uploads older than the retention that were forgotten")
                .register(registry);
        gauge(registry, INDEX_ENTRIES, StoreFigures::entries)
                .description("Entries of this instance's part of the index, one for each code, place and mode")
                .register(registry);
        gauge(registry, INDEX_BYTES, StoreFigures::bytes)
                .description("Memory that those entries take")
                .baseUnit("bytes")
                .register(registry);
        gauge(registry, INDEX_PENDING, StoreFigures::pending)
                .description("Searches in this instance's part of the index that wait or are half done")
                .register(registry);
    }

    private Gauge.Builder<?> gauge(MeterRegistry registry, String name, ToLongFunction<StoreFigures> figure) {
        // A registry may outlive the topology, and would go on to show the gauge of the first.
        registry.find(name).gauges().forEach(registry::remove);
        return Gauge.builder(
                name, stores, all -> all.values().stream().mapToLong(figure).sum());
    }

    private static OfAlgorithm meters(MeterRegistry registry, String algorithm) {
        String tag = "algorithm";
        return new OfAlgorithm(
                Timer.builder(LOOKUP_DURATION)
                        .description("One pass over the codes of a place, for one code or several")
                        .tag(tag, algorithm)
                        .register(registry),
                DistributionSummary.builder(LOOKUP_CANDIDATES)
                        .description("Codes compared in one pass over the codes of a place")
                        .tag(tag, algorithm)
                        .register(registry),
                DistributionSummary.builder(MATCH_DISTANCE)
                        .description("Distance of matches, in bits of the codes that differ")
                        .tag(tag, algorithm)
                        .register(registry),
                Map.of(
                        SearchMode.INDEX, mode(registry, algorithm, "index"),
                        SearchMode.SCAN, mode(registry, algorithm, "scan")),
                Map.of(
                        Finding.Fate.ALERT,
                                fate(
                                        registry,
                                        algorithm,
                                        ALERTS_EMITTED,
                                        "Alerts, one for each matching pair of codes"),
                        Finding.Fate.QUARANTINE, held(registry, algorithm, "quarantine"),
                        Finding.Fate.SHADOW, held(registry, algorithm, "shadow"),
                        Finding.Fate.DISABLED, held(registry, algorithm, "disabled"),
                        Finding.Fate.BASELINE,
                                fate(
                                        registry,
                                        algorithm,
                                        MATCHES_BASELINE,
                                        "Matches of uploads that are as near to a public baseline")));
    }

    private static Counter held(MeterRegistry registry, String algorithm, String reason) {
        return Counter.builder(ALERTS_HELD)
                .description("Alerts held back: of protected models that match too much, in shadow mode, or disabled")
                .tag("algorithm", algorithm)
                .tag("reason", reason)
                .register(registry);
    }

    private static Counter fate(MeterRegistry registry, String algorithm, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("algorithm", algorithm)
                .register(registry);
    }

    private static Counter mode(MeterRegistry registry, String algorithm, String mode) {
        return Counter.builder(LOOKUP_MODE)
                .description("Codes of uploads, by the way in which they are found")
                .tag("algorithm", algorithm)
                .tag("mode", mode)
                .register(registry);
    }

    Timer duration(AlgorithmId id) {
        return meters.get(id).duration();
    }

    void candidates(AlgorithmId id, long candidates) {
        meters.get(id).candidates().record(candidates);
    }

    /** An upload's code was sent out to be found in a mode. */
    void mode(AlgorithmId id, SearchMode mode) {
        meters.get(id).modes().get(mode).increment();
    }

    void found(Finding finding) {
        var match = finding.match();
        var meter = meters.get(match.rule().id());
        meter.distance().record(match.distanceBits());
        meter.fates().get(finding.fate()).increment();
    }

    void ignored(int codes) {
        ignored.increment(codes);
    }

    void expired(int codes) {
        expired.increment(codes);
    }

    /** Called by the task's own thread, because a closed store must not be asked for its size. */
    void store(TaskId task, long entries, long bytes, int pending) {
        stores.put(task, new StoreFigures(entries, bytes, pending));
    }

    void closed(TaskId task) {
        stores.remove(task);
    }
}
