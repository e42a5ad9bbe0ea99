package io.weighbridge.app.client;

import io.weighbridge.app.feed.Following;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Waits for the outcomes of protections. Create it before the first is published. */
public final class ProtectionTracker implements AutoCloseable {

    private final Map<String, ScanOutcome> byId = new HashMap<>();
    private final Following outcomes;

    public ProtectionTracker(Cluster cluster) {
        outcomes = cluster.reader().follow(cluster.topics().scanOutcomes(), false, entry -> onOutcome(entry.value()));
    }

    /** The outcome of this registration of a model; empty if the time is over first. */
    public Optional<ScanOutcome> await(ProtectedModel model, Duration timeout) throws InterruptedException {
        Arrivals.await(this, () -> find(model).isPresent(), timeout, outcomes);
        return find(model);
    }

    @Override
    public void close() {
        outcomes.close();
    }

    private synchronized Optional<ScanOutcome> find(ProtectedModel model) {
        return Optional.ofNullable(byId.get(model.getId()))
                .filter(outcome -> outcome.getProtectedModel().getProtectedAt().equals(model.getProtectedAt()));
    }

    private synchronized void onOutcome(ScanOutcome outcome) {
        if (outcome.getProtectedModel() != null) {
            byId.put(outcome.getProtectedModel().getId(), outcome);
            notifyAll();
        }
    }
}
