package io.weighbridge.hasher;

import static io.weighbridge.schemas.LogEvent.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that fetch, read and hash, shared by all tasks of a process. Open it before the streams, close it after them.
 *
 * <p>Live and backfill requests share the threads by weight. Their queues need no bound of their own: a task hands over a bounded number of
 * requests at a time.
 */
public final class ScanPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScanPool.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Fetcher fetcher;
    private final RequestScanner scanner;
    private final HasherMetrics metrics;
    private final SharedThreads threads;

    private ScanPool(HasherSettings settings, Fetcher fetcher, FileScanner scanner, HasherMetrics metrics) {
        this.fetcher = fetcher;
        this.metrics = metrics;
        this.scanner = new RequestScanner(fetcher, scanner, settings, metrics, System::nanoTime);
        threads = new SharedThreads("weighbridge-scan-", settings.turns(settings.scanThreads()));
        metrics.watch(threads);
        metrics.watch(fetcher);
    }

    /**
     * Opens the spool and starts the threads.
     *
     * @throws UncheckedIOException if the spool folder cannot be written to
     */
    public static ScanPool open(HasherSettings settings, MeterRegistry registry) {
        var scanner = new ModelScanner(settings.readLimits(), ModelHasher.of(Algorithms.of(settings.siteKey())));
        return open(settings, registry, scanner::scan);
    }

    /** A pool whose files are read by the given scanner. */
    static ScanPool open(HasherSettings settings, MeterRegistry registry, FileScanner scanner) {
        try {
            return new ScanPool(settings, Fetcher.open(settings.fetch()), scanner, new HasherMetrics(registry));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "spool: cannot use " + settings.fetch().spool().folder(), e);
        }
    }

    HasherMetrics metrics() {
        return metrics;
    }

    /**
     * Starts the scan of a request's files, or queues it. Never blocks.
     *
     * @return done when there is a report; cancelled, or failed with {@link InterruptedException}, if there will be none because the caller
     *     cancelled it or the pool was closed
     */
    public Future<ScanReport> submit(List<ModelFile> files, Share share) {
        var work = new FutureTask<>(() -> scan(files, share));
        try {
            threads.execute(share, work);
        } catch (RejectedExecutionException e) {
            work.cancel(false);
        }
        return work;
    }

    private ScanReport scan(List<ModelFile> files, Share share) throws InterruptedException {
        try {
            return scanner.scan(files, share);
        } catch (RuntimeException | Error e) {
            LOG.error(event("scan.failed"), "scan of {} files failed", files.size(), e);
            return ScanReport.notScanned(Outcome.FAILED, "unexpected " + e);
        }
    }

    /** Interrupts what is under way. What it worked on stays pending, and is begun again by whoever owns it next. */
    @Override
    public void close() {
        try {
            if (!threads.close(LAST_WORDS)) {
                LOG.warn(event("scan.stop.overdue"), "a scan did not stop within {}", LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fetcher.close();
    }
}
