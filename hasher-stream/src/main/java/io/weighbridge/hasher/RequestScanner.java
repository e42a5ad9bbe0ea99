package io.weighbridge.hasher;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.hasher.HashTurns.Turn;
import io.weighbridge.hasher.fetch.Deadline;
import io.weighbridge.hasher.fetch.FetchResult.Available;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.fetch.SpoolClaim;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches and scans the files of a request one after the other, each judged alone. Files that may name others to be read with them come first, and
 * what was read with them is not scanned again. Safe for use by many threads.
 */
final class RequestScanner {

    private static final Logger LOG = LoggerFactory.getLogger(RequestScanner.class);
    private static final int MAX_REASON_CHARS = 500;

    /** Reasons of all files of a request together: its outcome is one record. */
    private static final int MAX_REASONS_CHARS = 50_000;

    /** The same for the paths of a repository's files; those of a request that names its files itself were looked at before. */
    private static final int MAX_PATHS_CHARS = 50_000;

    private final Fetcher fetcher;
    private final FileScanner scanner;
    private final int maxFiles;
    private final long maxKeptBytes;
    private final Duration deadline;
    private final HasherMetrics metrics;
    private final LongSupplier nanoClock;
    private final HashTurns turns;
    private final KnownScans known;

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
        maxKeptBytes = settings.maxKeptBytes();
        deadline = settings.scanDeadline();
        turns = new HashTurns(settings.turns(settings.hashThreads()));
        metrics.watch(turns);
        known = new KnownScans(settings.knownFiles());
    }

    /**
     * Scans all files, those of the repositories and folders that are named among them.
     *
     * @throws InterruptedException if the thread was interrupted: the work is to be forgotten, not judged
     */
    ScanReport scan(List<ModelFile> requested, Share share) throws InterruptedException {
        long startNanos = nanoClock.getAsLong();
        if (requested.size() > maxFiles) {
            return tooManyFiles(requested.size());
        }
        var expansion = expand(requested);
        if (expansion.failure() != null) {
            return expansion.failure();
        }
        var scans = scan(expansion, share, startNanos);
        return expansion.complete(ScanReport.of(scans, Instant.now(), since(startNanos)));
    }

    /** Begins again as long as others need the room in the spool more. */
    private List<FileScan> scan(Expansion expansion, Share share, long startNanos) throws InterruptedException {
        var claim = fetcher.claim(Deadline.in(deadline.minus(since(startNanos))), share.behind());
        while (true) {
            var scans = scan(expansion, claim, share, startNanos);
            if (!claim.isGivingWay()) {
                return scans;
            }
            LOG.info(
                    event("scan.restarted"),
                    "the scan of {} and {} more files begins again: uploads before it needed its room in the spool",
                    expansion.files().get(0).getPath(),
                    expansion.files().size() - 1);
            claim.startOver();
        }
    }

    /** The scans in the order of the files, which is not the order they are scanned in; not all if the claim is giving way. */
    private List<FileScan> scan(Expansion expansion, SpoolClaim claim, Share share, long startNanos)
            throws InterruptedException {
        try (var upload = new UploadFiles(expansion.files(), fetcher, claim, metrics, maxKeptBytes)) {
            upload.addUnscanned(expansion.others());
            var files = new ArrayList<>(expansion.files());
            for (var file : expansion.files()) {
                upload.variablesOf(file).ifPresent(files::add);
            }
            var scans = new FileScan[files.size()];
            for (int index : order(files)) {
                var scan = scan(files.get(index), upload, share, deadline.minus(since(startNanos)));
                if (claim.isGivingWay()) {
                    break;
                }
                scans[index] =
                        FileVerdict.withReason(scan, Math.min(MAX_REASON_CHARS, MAX_REASONS_CHARS / files.size()));
            }
            return Arrays.asList(scans);
        }
    }

    private Expansion expand(List<ModelFile> requested) throws InterruptedException {
        var expansion = Expansion.of(requested, fetcher);
        if (expansion.failure() == null && expansion.files().isEmpty() && !requested.isEmpty()) {
            return expansion.failed(
                    expansion.complete(ScanReport.notScanned(Outcome.NO_WEIGHTS, "no file that may be a model")));
        }
        if (expansion.files().size() > maxFiles) {
            return expansion.failed(tooManyFiles(expansion.files().size()));
        }
        boolean isExpanded = !expansion.files().equals(requested);
        return isExpanded && expansion.pathChars() > MAX_PATHS_CHARS
                ? expansion.failed(ScanReport.notScanned(
                        Outcome.TOO_LARGE,
                        "paths of all files: expected at most " + MAX_PATHS_CHARS + " characters, got "
                                + expansion.pathChars()))
                : expansion;
    }

    private ScanReport tooManyFiles(int got) {
        return ScanReport.notScanned(
                Outcome.TOO_LARGE, HasherSettings.MAX_FILES + ": expected at most " + maxFiles + " files, got " + got);
    }

    private static int[] order(List<ModelFile> files) {
        return IntStream.range(0, files.size())
                .boxed()
                .sorted(Comparator.comparing(
                        index -> !ReadingOrder.isFirst(files.get(index).getPath())))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A throwable here is a fault of ours that this file brought out. It must not cost the other files, nor the upload its outcome. */
    private FileScan scan(ModelFile file, UploadFiles upload, Share share, Duration remaining)
            throws InterruptedException {
        var part = upload.partOf(file);
        if (part.isPresent() && part.get().isWhole()) {
            return FileVerdict.part(file, part.get());
        }
        if (remaining.isNegative() || remaining.isZero()) {
            return FileVerdict.notScanned(
                    file, Outcome.TIMED_OUT, "not begun by the deadline; see " + HasherSettings.SCAN_DEADLINE);
        }
        try {
            var alone = fetchAndScan(file, upload, share, remaining);
            return PartScan.of(alone, upload.whyPart(file), upload.isCovered(file));
        } catch (RuntimeException | Error e) {
            LOG.error(event("scan.file.failed"), "scan of {} failed", file.getPath(), e);
            return FileVerdict.notScanned(file, Outcome.FAILED, "unexpected " + e);
        }
    }

    private FileScan fetchAndScan(ModelFile file, UploadFiles upload, Share share, Duration remaining)
            throws InterruptedException {
        long startNanos = nanoClock.getAsLong();
        var same = known.of(file);
        if (same.isPresent()) {
            metrics.known();
            return same.get();
        }
        var result = upload.fetch(file);
        if (result instanceof NotFetched not) {
            return FileVerdict.notScanned(file, not.outcome(), not.reason());
        }
        var bytes = (Available) result;
        try (var turn = turns.take(share)) {
            return read(file, bytes, upload, turn, remaining.minus(since(startNanos)));
        } catch (IOException e) {
            return FileVerdict.notScanned(file, Outcome.UNREACHABLE, "cannot be read: " + e.getMessage());
        } finally {
            upload.release(bytes);
        }
    }

    private FileScan read(ModelFile file, Available bytes, UploadFiles upload, Turn turn, Duration remaining)
            throws IOException, InterruptedException {
        long startNanos = nanoClock.getAsLong();
        var siblings = new UploadSiblings(file, upload, turn, remaining);
        var scan =
                FileVerdict.checkedDigest(file, scanner.scan(turn.opened(bytes), file.getPath(), remaining, siblings));
        metrics.hashed(since(startNanos));
        if (Thread.interrupted()) {
            throw new InterruptedException("while reading " + file.getPath());
        }
        if (siblings.isAlone()) {
            known.add(scan);
        }
        return siblings.judge(scan);
    }

    private Duration since(long startNanos) {
        return Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    }
}
