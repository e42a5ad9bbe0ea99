package io.weighbridge.hasher;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * What the hasher counts. Tags have few values each, and never name a model, a user or a host. A transaction that is aborted has been
 * counted all the same.
 */
final class HasherMetrics {

    private final MeterRegistry registry;
    private final Map<String, Set<Backlog>> backlogs = new ConcurrentHashMap<>();
    private final Map<String, Counter> received = new ConcurrentHashMap<>();
    private final Map<String, Counter> covered = new ConcurrentHashMap<>();
    private final Map<String, Counter> uncovered = new ConcurrentHashMap<>();
    private final Timer hashDuration;
    private final Timer fetchDuration;
    private final Counter fetchBytes;
    private final Counter known;

    HasherMetrics(MeterRegistry registry) {
        this.registry = registry;
        fetchDuration = Timer.builder("weighbridge.fetch.duration")
                .description("Fetching one file, with all attempts")
                .register(registry);
        hashDuration = Timer.builder("weighbridge.hash.duration")
                .description("Reading and hashing one file")
                .register(registry);
        fetchBytes = Counter.builder("weighbridge.fetch.bytes")
                .description("Size of the files fetched")
                .baseUnit("bytes")
                .register(registry);
        known = Counter.builder("weighbridge.fetch.known")
                .description("Files not fetched, as their bytes were hashed before")
                .register(registry);
        List.of(new UploadLane(Share.LIVE), new UploadLane(Share.BACKFILL), new ProtectionLane())
                .forEach(this::watch);
    }

    private void watch(Lane<?> lane) {
        // There from the start: of a counter that comes into being at 1, a scraper does not see the step.
        received.put(
                lane.name(),
                counter(
                        "weighbridge.uploads.received",
                        "Requests read: uploads, backfill, and protected models",
                        lane));
        covered.put(lane.name(), counter("weighbridge.scans.covered", "Requests that came to have codes", lane));
        uncovered.put(
                lane.name(), counter("weighbridge.scans.uncovered", "Requests that ended without any codes", lane));
        var tasks = backlogs.computeIfAbsent(lane.name(), name -> ConcurrentHashMap.newKeySet());
        Gauge.builder("weighbridge.pending.size", tasks, HasherMetrics::pendingSize)
                .description("Requests without an outcome")
                .tag("lane", lane.name())
                .register(registry);
        Gauge.builder("weighbridge.pending.oldest", tasks, HasherMetrics::oldestSeconds)
                .description("Time since the timestamp of the oldest request without an outcome")
                .tag("lane", lane.name())
                .baseUnit("seconds")
                .register(registry);
    }

    private Counter counter(String name, String description, Lane<?> lane) {
        return Counter.builder(name)
                .description(description)
                .tag("lane", lane.name())
                .register(registry);
    }

    void received(Lane<?> lane) {
        received.get(lane.name()).increment();
    }

    void completed(Lane<?> lane, ScanReport report) {
        boolean hasCodes = report.outcome() == Outcome.HASHED || report.outcome() == Outcome.PARTIAL;
        (hasCodes ? covered : uncovered).get(lane.name()).increment();
        Counter.builder("weighbridge.scans.completed")
                .description("Requests that came to their outcome")
                .tag("lane", lane.name())
                .tag("outcome", report.outcome().name().toLowerCase(Locale.ROOT))
                .tag("format", format(report))
                .register(registry)
                .increment();
    }

    void fetched(Duration took, long bytes) {
        fetchDuration.record(took);
        fetchBytes.increment(bytes);
    }

    void known() {
        known.increment();
    }

    void hashed(Duration took) {
        hashDuration.record(took);
    }

    void watch(SharedThreads threads) {
        for (var share : Share.values()) {
            gauge(
                    "weighbridge.scan.queued",
                    "Requests that wait for a thread of the pool",
                    share,
                    threads,
                    t -> t.waiting(share));
            gauge(
                    "weighbridge.scan.running",
                    "Requests that have a thread of the pool",
                    share,
                    threads,
                    t -> t.running(share));
        }
    }

    void watch(HashTurns turns) {
        for (var share : Share.values()) {
            gauge(
                    "weighbridge.hash.queued",
                    "Files on this machine that wait to be read",
                    share,
                    turns,
                    t -> t.waiting(share));
        }
    }

    void watch(Fetcher fetcher) {
        Gauge.builder("weighbridge.fetch.spool.held", fetcher, Fetcher::spooledBytes)
                .description("Bytes that downloads take in the spool, or have room for")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("weighbridge.fetch.spool.limit", fetcher, Fetcher::mostSpooledBytes)
                .description("Most bytes that downloads may take in the spool together")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("weighbridge.fetch.spool.waiting", fetcher, Fetcher::waitingForSpool)
                .description("Downloads that wait for room in the spool")
                .register(registry);
    }

    private <T> void gauge(String name, String description, Share share, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .tag("share", share.tag())
                .register(registry);
    }

    void watch(Backlog backlog, Lane<?> lane) {
        backlogs.get(lane.name()).add(backlog);
    }

    void forget(Backlog backlog, Lane<?> lane) {
        backlogs.get(lane.name()).remove(backlog);
    }

    /** The one format, without the containers around it, of all files whose format is known, else {@code mixed} or {@code none}. */
    private static String format(ScanReport report) {
        var formats = report.files().stream()
                .map(FileScan::getFormat)
                .filter(Objects::nonNull)
                .map(format -> format.substring(format.lastIndexOf('/') + 1))
                .distinct()
                .toList();
        return switch (formats.size()) {
            case 0 -> "none";
            case 1 -> formats.get(0);
            default -> "mixed";
        };
    }

    private static double pendingSize(Set<Backlog> backlogs) {
        return backlogs.stream().mapToLong(Backlog::size).sum();
    }

    private static double oldestSeconds(Set<Backlog> backlogs) {
        var now = Instant.now();
        return backlogs.stream()
                .mapToDouble(backlog -> backlog.oldestAge(now).toMillis() / 1000.0)
                .max()
                .orElse(0);
    }
}
