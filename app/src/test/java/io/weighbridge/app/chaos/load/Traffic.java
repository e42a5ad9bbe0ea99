package io.weighbridge.app.chaos.load;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.ProtectionTracker;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Publishes uploads of every kind, one after the other, until told to stop; what it publishes is in the ledger. */
public final class Traffic implements AutoCloseable {

    private static final Duration PROTECTED = Duration.ofSeconds(90);
    private static final int REPOSITORIES = 7;
    private static final int LONGEST_MILLIS = 1500;
    private static final int BACKFILL_ONE_IN = 6;

    private final Cluster cluster;
    private final Catalogue catalogue;
    private final Ledger ledger = new Ledger();
    private final Publisher publisher;
    private final Random random;
    private volatile boolean isStopping;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    public Traffic(Cluster cluster, Catalogue catalogue, long seed) {
        this.cluster = cluster;
        this.catalogue = catalogue;
        this.publisher = cluster.publisher();
        this.random = new Random(seed);
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Protects all originals but the last, and waits until that is in force; {@link #protectLast} is for later. */
    public void protectFirst() throws IOException, InterruptedException {
        var originals = catalogue.originals();
        try (var tracker = new ProtectionTracker(cluster)) {
            for (DemoModel original : originals.subList(0, originals.size() - 1)) {
                var outcome = tracker.await(protect(original), PROTECTED).map(ScanOutcome::getOutcome);
                if (outcome.filter(Outcome.HASHED::equals).isEmpty()) {
                    throw new IOException("protecting " + original.id() + ": expected HASHED, got " + outcome);
                }
            }
        }
    }

    /** Protects the last original, which is matched with what was uploaded before it, too. */
    public void protectLast() {
        var originals = catalogue.originals();
        protect(originals.get(originals.size() - 1));
    }

    /** Publishes so many uploads a second, in a thread of its own. */
    public void start(double perSecond) {
        isStopping = false;
        running = CompletableFuture.runAsync(() -> publish(Math.round(1000 / perSecond)));
    }

    /**
     * Returns when nothing more will be published.
     *
     * @throws java.util.concurrent.CompletionException if an event was not taken by the broker
     */
    public void stop() {
        isStopping = true;
        running.join();
    }

    /** Publishes copies whose downloads take a time, and returns the keys that the hub knows them by. */
    public synchronized Set<String> slowCopies(int count, Duration each) {
        var keys = new HashSet<String>();
        for (int i = 0; i < count; i++) {
            keys.add(publish(catalogue.anyCopy(random), each.toMillis()));
        }
        return keys;
    }

    @Override
    public void close() {
        isStopping = true;
        publisher.close();
    }

    private void publish(long pauseMillis) {
        try {
            while (!isStopping) {
                synchronized (this) {
                    publish(catalogue.any(random), random.nextInt(LONGEST_MILLIS));
                }
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String publish(Sample sample, long overMillis) {
        String id = Publisher.newId();
        String repo = sample.repo() + "-" + random.nextInt(REPOSITORIES);
        var event = UploadEvent.newBuilder()
                .setId(id)
                .setHub("chaos")
                .setRepo(repo)
                .setRevision(id)
                .setOwner(repo.substring(0, repo.indexOf('/')))
                .setFiles(List.of(sample.source().file(id, overMillis)))
                .setUploadedAt(now())
                .build();
        if (random.nextInt(BACKFILL_ONE_IN) == 0) {
            publisher.backfill(event);
        } else {
            publisher.upload(event);
        }
        ledger.published(id, sample);
        return id;
    }

    private ProtectedModel protect(DemoModel original) {
        var event = ProtectedModel.newBuilder()
                .setId(original.id())
                .setName(original.description())
                .setOwner(original.owner())
                .setFile(catalogue.fileOf(original))
                .setProtectedAt(now())
                .build();
        publisher.protect(event);
        return event;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
