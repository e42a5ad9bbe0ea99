package io.weighbridge.app.client;

import io.weighbridge.app.feed.Following;
import io.weighbridge.app.feed.TopicReader;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/**
 * Follows what becomes of uploads: their outcomes and alerts, as any consumer of the topics would see them. Create it before the first
 * event is published.
 */
public final class UploadTracker implements AutoCloseable {

    /** Told of each outcome and alert as it arrives, on the thread that read it. */
    public interface Listener {
        void onOutcome(Tracked upload);

        void onAlert(Tracked upload, InfringementAlert alert);
    }

    /** An upload and what is known of it. */
    public static final class Tracked {
        private final UploadEvent event;
        private final List<InfringementAlert> alerts = new ArrayList<>();
        private ScanOutcome outcome;
        private Instant firstAlertAt;

        private Tracked(UploadEvent event) {
            this.event = event;
        }

        public UploadEvent event() {
            return event;
        }

        /** Its terminal outcome, once there is one. */
        public synchronized Optional<ScanOutcome> outcome() {
            return Optional.ofNullable(outcome);
        }

        /** Its alerts so far, the least likely by chance first. */
        public synchronized List<InfringementAlert> alerts() {
            return alerts.stream()
                    .sorted(Comparator.comparingDouble(InfringementAlert::getFalseMatchRate)
                            .thenComparing(InfringementAlert::getAlgorithm))
                    .toList();
        }

        /** From the upload event to its first alert in the hands of a consumer. */
        public synchronized Optional<Duration> timeToAlert() {
            return Optional.ofNullable(firstAlertAt).map(at -> Duration.between(event.getUploadedAt(), at));
        }

        /** Whether all of its files were scanned, so that no alert means no match. */
        public boolean isScanned() {
            return outcome().map(ScanOutcome::getOutcome).orElse(null) == Outcome.HASHED;
        }

        private synchronized void outcome(ScanOutcome arrived) {
            outcome = arrived;
        }

        /** Adds an alert, unless it has been delivered before. */
        private synchronized boolean alert(InfringementAlert arrived, Instant at) {
            if (alerts.contains(arrived)) {
                return false;
            }
            alerts.add(arrived);
            if (firstAlertAt == null) {
                firstAlertAt = at;
            }
            return true;
        }
    }

    /** Enough for any folder or demo; a watch that runs for years forgets its oldest uploads. */
    private static final int MAX_TRACKED = 100_000;

    private final Map<String, Tracked> byId = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tracked> eldest) {
            return size() > MAX_TRACKED;
        }
    };
    private final Cluster cluster;
    private final Listener listener;
    private final Following outcomes;
    private final Following alerts;

    public UploadTracker(Cluster cluster, Listener listener) {
        this.cluster = cluster;
        this.listener = listener;
        TopicReader reader = cluster.reader();
        outcomes = reader.follow(cluster.topics().scanOutcomes(), false, entry -> onOutcome(entry.value()));
        alerts = reader.follow(cluster.topics().infringementAlerts(), false, entry -> onAlert(entry.value()));
    }

    /** Starts to track an upload; call before it is published. */
    public synchronized void expect(UploadEvent event) {
        byId.put(event.getId(), new Tracked(event));
    }

    /** All tracked uploads in the order expected. */
    public synchronized List<Tracked> uploads() {
        return List.copyOf(byId.values());
    }

    /**
     * Does nothing while outcomes and alerts come.
     *
     * @throws io.weighbridge.app.feed.FeedException if they cannot be read any more
     */
    public void check() {
        outcomes.check();
        alerts.check();
    }

    /**
     * Waits until every tracked upload has its outcome and all alerts that it will have from the models protected now; returns false if the
     * time is over first.
     */
    public boolean awaitAnswers(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        if (!Arrivals.await(this, this::areAllAnswered, timeout, outcomes, alerts)) {
            return false;
        }
        try (Admin admin = cluster.admin()) {
            if (!new Drain(admin, cluster.settings()).await(Duration.ofNanos(end - System.nanoTime()))) {
                return false;
            }
        }
        uploads().stream()
                .map(upload -> upload.event().getUploadedAt())
                .min(Comparator.naturalOrder())
                .ifPresent(this::readAlertsSince);
        return true;
    }

    private synchronized boolean areAllAnswered() {
        return byId.values().stream().allMatch(upload -> upload.outcome().isPresent());
    }

    /** What was committed need not have been delivered yet. */
    private void readAlertsSince(Instant time) {
        cluster.reader()
                .readSince(cluster.topics().infringementAlerts(), time)
                .forEach(entry -> onAlert(entry.value()));
    }

    @Override
    public void close() {
        outcomes.close();
        alerts.close();
    }

    private void onOutcome(ScanOutcome outcome) {
        if (outcome.getUpload() == null) {
            return;
        }
        find(outcome.getUpload().getId()).ifPresent(upload -> {
            upload.outcome(outcome);
            listener.onOutcome(upload);
        });
        synchronized (this) {
            notifyAll();
        }
    }

    private void onAlert(InfringementAlert alert) {
        Instant now = Instant.now();
        find(alert.getUpload().getId()).ifPresent(upload -> {
            if (upload.alert(alert, now)) {
                listener.onAlert(upload, alert);
            }
        });
    }

    private synchronized Optional<Tracked> find(String uploadId) {
        return Optional.ofNullable(byId.get(uploadId));
    }
}
