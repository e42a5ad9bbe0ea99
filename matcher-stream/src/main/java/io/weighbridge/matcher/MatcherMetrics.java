package io.weighbridge.matcher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weighbridge.hash.AlgorithmId;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.TaskId;

/** The matcher's meters. Tagged by algorithm, never by model or user. */
final class MatcherMetrics {

    static final String LOOKUP_DURATION = "weighbridge.lookup.duration";
    static final String LOOKUP_CANDIDATES = "weighbridge.lookup.candidates";
    static final String MATCH_DISTANCE = "weighbridge.match.distance";
    static final String ALERTS_EMITTED = "weighbridge.alerts.emitted";
    static final String INDEX_ENTRIES = "weighbridge.index.entries";
    static final String CODES_IGNORED = "weighbridge.codes.ignored";
    static final String UPLOADS_EXPIRED = "weighbridge.index.expired";

    private final Map<AlgorithmId, OfAlgorithm> meters = new ConcurrentHashMap<>();
    private final Map<TaskId, Long> entries = new ConcurrentHashMap<>();
    private final Counter ignored;
    private final Counter expired;

    private record OfAlgorithm(
            Timer duration, DistributionSummary candidates, DistributionSummary distance, Counter alerts) {}

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
        // A registry may outlive the topology, and would go on to show the gauge of the first.
        registry.find(INDEX_ENTRIES).gauges().forEach(registry::remove);
        Gauge.builder(INDEX_ENTRIES, entries, MatcherMetrics::sum)
                .description("Entries of this instance's part of the index, one for each code and place; estimated")
                .register(registry);
    }

    private static OfAlgorithm meters(MeterRegistry registry, String algorithm) {
        String tag = "algorithm";
        return new OfAlgorithm(
                Timer.builder(LOOKUP_DURATION)
                        .description("Keeping one code at one place and matching it there")
                        .tag(tag, algorithm)
                        .register(registry),
                DistributionSummary.builder(LOOKUP_CANDIDATES)
                        .description("Codes compared for one code at one place")
                        .tag(tag, algorithm)
                        .register(registry),
                DistributionSummary.builder(MATCH_DISTANCE)
                        .description("Distance of matches")
                        .baseUnit("bits")
                        .tag(tag, algorithm)
                        .register(registry),
                Counter.builder(ALERTS_EMITTED)
                        .description("Alerts, one for each matching pair of codes")
                        .tag(tag, algorithm)
                        .register(registry));
    }

    Timer duration(AlgorithmId id) {
        return meters.get(id).duration();
    }

    void found(AlgorithmId id, SubstringJoin.Found found) {
        var meter = meters.get(id);
        meter.candidates().record(found.candidates());
        for (var match : found.matches()) {
            meter.distance().record(match.distanceBits());
            meter.alerts().increment();
        }
    }

    void ignored(int codes) {
        ignored.increment(codes);
    }

    void expired(int codes) {
        expired.increment(codes);
    }

    /** Called by the task's own thread, because a closed store must not be asked for its size. */
    void entries(TaskId task, long size) {
        entries.put(task, size);
    }

    void closed(TaskId task) {
        entries.remove(task);
    }

    private static double sum(Map<TaskId, Long> entries) {
        return entries.values().stream().mapToLong(Long::longValue).sum();
    }
}
