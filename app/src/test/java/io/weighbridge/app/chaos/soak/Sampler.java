package io.weighbridge.app.chaos.soak;

import io.weighbridge.app.chaos.site.Member;
import io.weighbridge.app.chaos.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Writes a sample of every process to a CSV file, again and again until closed. Has each collect its whole heap now and
 * then: nothing else would, and what is left then is what it holds.
 */
final class Sampler implements AutoCloseable {

    static final String BROKER = "broker";

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int SAMPLES_PER_COLLECTION = 30;
    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final Duration COLLECTED = Duration.ofSeconds(20);
    private static final String LIVE = "jvm_gc_live_data_size_bytes";

    private final Site site;
    private final Writer csv;
    private final long began = System.nanoTime();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<Void> running;

    private Sampler(Site site, Writer csv) {
        this.site = site;
        this.csv = csv;
        running = CompletableFuture.runAsync(this::run);
    }

    static Sampler start(Site site, Path file) throws IOException {
        var csv = Files.newBufferedWriter(file);
        csv.write(ProcessSample.HEAD + "\n");
        return new Sampler(site, csv);
    }

    /** @throws java.util.concurrent.CompletionException if the file could not be written */
    @Override
    public void close() throws IOException {
        closing.countDown();
        running.join();
        csv.close();
    }

    private void run() {
        try {
            int samples = 0;
            do {
                if (samples++ % SAMPLES_PER_COLLECTION == 0) {
                    collectAll();
                }
                sampleAll(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            } while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that is paused or ends meanwhile has its turn the next time. */
    private void collectAll() throws IOException, InterruptedException {
        for (Member member : site.members()) {
            var pid = member.pid();
            if (pid.isPresent()) {
                var call = new ProcessBuilder(JCMD.toString(), Long.toString(pid.getAsLong()), "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!call.waitFor(COLLECTED.toSeconds(), TimeUnit.SECONDS)) {
                    call.destroyForcibly();
                }
            }
        }
    }

    private void sampleAll(long seconds) throws IOException, InterruptedException {
        var broker = site.broker().pid();
        if (broker.isPresent()) {
            write(ProcessSample.of(
                    seconds, BROKER, broker.getAsLong(), 0, site.folder().resolve("broker")));
        }
        for (Member member : site.members()) {
            var pid = member.pid();
            if (pid.isPresent()) {
                long live = Math.round(member.metric(LIVE).orElse(0));
                write(ProcessSample.of(seconds, member.name(), pid.getAsLong(), live, member.data()));
            }
        }
        csv.flush();
    }

    private void write(Optional<ProcessSample> sample) throws IOException {
        if (sample.isPresent()) {
            csv.write(sample.get().line() + "\n");
        }
    }
}
