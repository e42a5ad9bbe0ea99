package io.weighbridge.hasher;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches and scans the files of a request one after the other, each judged alone. Safe for use by many threads. */
final class RequestScanner {

    private static final Logger LOG = LoggerFactory.getLogger(RequestScanner.class);
    private static final int MAX_REASON_CHARS = 500;

    /** Reasons of all files of a request together: its outcome is one record. */
    private static final int MAX_REASONS_CHARS = 50_000;

    private final Fetcher fetcher;
    private final FileScanner scanner;
    private final int maxFiles;
    private final Duration deadline;
    private final HasherMetrics metrics;
    private final LongSupplier nanoClock;

    /** @param nanoClock nanoseconds since any fixed moment */
    RequestScanner(
            Fetcher fetcher,
            FileScanner scanner,
            HasherSettings settings,
            HasherMetrics metrics,
            LongSupplier nanoClock) {
        this.fetcher = fetcher;
        this.scanner = scanner;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
        maxFiles = settings.maxFiles();
        deadline = settings.scanDeadline();
    }

    /**
     * Scans all files.
     *
     * @throws InterruptedException if the thread was interrupted: the work is to be forgotten, not judged
     */
    ScanReport scan(List<ModelFile> files) throws InterruptedException {
        if (files.size() > maxFiles) {
            return ScanReport.notScanned(
                    Outcome.TOO_LARGE,
                    HasherSettings.MAX_FILES + ": expected at most " + maxFiles + " files, got " + files.size());
        }
        long startNanos = nanoClock.getAsLong();
        var scans = new ArrayList<FileScan>();
        for (var file : files) {
            var scan = scan(file, deadline.minus(since(startNanos)));
            scans.add(withReason(scan, Math.min(MAX_REASON_CHARS, MAX_REASONS_CHARS / files.size())));
        }
        return ScanReport.of(scans, Instant.now(), since(startNanos));
    }

    /** A throwable here is a fault of ours that this file brought out. It must not cost the other files, nor the upload its outcome. */
    private FileScan scan(ModelFile file, Duration remaining) throws InterruptedException {
        if (remaining.isNegative() || remaining.isZero()) {
            return notScanned(
                    file, Outcome.TIMED_OUT, "not begun by the deadline; see " + HasherSettings.SCAN_DEADLINE);
        }
        try {
            return fetchAndScan(file, remaining);
        } catch (RuntimeException | Error e) {
            LOG.error("scan of {} failed", file.getPath(), e);
            return notScanned(file, Outcome.FAILED, "unexpected " + e);
        }
    }

    private FileScan fetchAndScan(ModelFile file, Duration remaining) throws InterruptedException {
        long startNanos = nanoClock.getAsLong();
        var result = fetcher.fetch(file);
        var fetching = since(startNanos);
        if (result instanceof NotFetched not) {
            metrics.fetched(fetching, 0);
            return notScanned(file, not.outcome(), not.reason());
        }
        try (var fetched = (Fetched) result) {
            metrics.fetched(fetching, fetched.sizeBytes());
            long hashingNanos = nanoClock.getAsLong();
            var scan = scanner.scan(fetched.path(), file.getPath(), remaining.minus(fetching), Siblings.NONE);
            metrics.hashed(since(hashingNanos));
            if (Thread.interrupted()) {
                throw new InterruptedException("while reading " + file.getPath());
            }
            return checkDigest(file, scan);
        }
    }

    /** A digest that differs tells more than what was then found in the bytes: they are not the ones the hub speaks of. */
    private static FileScan checkDigest(ModelFile file, FileScan scan) {
        String stated = file.getSha256();
        String found = scan.getSha256();
        if (stated == null || found == null || stated.equalsIgnoreCase(found)) {
            return scan;
        }
        return FileScan.newBuilder(scan)
                .setOutcome(Outcome.DIGEST_MISMATCH)
                .setReason("sha256: expected " + stated + ", got " + found)
                .setCodes(List.of())
                .build();
    }

    private static FileScan notScanned(ModelFile file, Outcome outcome, String reason) {
        return FileScan.newBuilder()
                .setPath(file.getPath())
                .setOutcome(outcome)
                .setReason(reason)
                .setCodes(List.of())
                .build();
    }

    private static FileScan withReason(FileScan scan, int maxChars) {
        String reason = scan.getReason();
        return reason == null || reason.length() <= maxChars
                ? scan
                : FileScan.newBuilder(scan)
                        .setReason(reason.substring(0, maxChars) + "…")
                        .build();
    }

    private Duration since(long startNanos) {
        return Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    }
}
