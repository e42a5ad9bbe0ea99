package io.weighbridge.hasher;

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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that fetch, read and hash, shared by all tasks of a process. Open it before the streams, close it after them.
 *
 * <p>Its queue needs no bound of its own: a task hands over a bounded number of requests at a time.
 */
public final class ScanPool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ScanPool.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Fetcher fetcher;
    private final RequestScanner scanner;
    private final HasherMetrics metrics;
    private final ThreadPoolExecutor threads;

    private ScanPool(HasherSettings settings, Fetcher fetcher, FileScanner scanner, HasherMetrics metrics) {
        this.fetcher = fetcher;
        this.metrics = metrics;
        this.scanner = new RequestScanner(fetcher, scanner, settings, metrics, System::nanoTime);
        int count = settings.scanThreads();
        threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named());
        metrics.watch(threads.getQueue());
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
                    "spool: cannot use " + settings.fetch().spoolFolder(), e);
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
    Future<ScanReport> submit(List<ModelFile> files) {
        var work = new FutureTask<>(() -> scan(files));
        try {
            threads.execute(work);
        } catch (RejectedExecutionException e) {
            work.cancel(false);
        }
        return work;
    }

    private ScanReport scan(List<ModelFile> files) throws InterruptedException {
        try {
            return scanner.scan(files);
        } catch (RuntimeException | Error e) {
            LOG.error("scan of {} files failed", files.size(), e);
            return ScanReport.notScanned(Outcome.FAILED, "unexpected " + e);
        }
    }

    /** Interrupts what is under way. What it worked on stays pending, and is begun again by whoever owns it next. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("a scan did not stop within {}", LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fetcher.close();
    }

    private static ThreadFactory named() {
        var count = new AtomicInteger();
        return runnable -> {
            var thread = new Thread(runnable, "weighbridge-scan-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
