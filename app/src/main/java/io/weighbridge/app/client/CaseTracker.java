package io.weighbridge.app.client;

import io.weighbridge.app.feed.Following;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for decisions to take effect. Create it before the first is published. */
public final class CaseTracker implements AutoCloseable {

    private final Map<String, InfringementCase> changed = new HashMap<>();
    private final Following cases;

    public CaseTracker(Cluster cluster) {
        cases = cluster.reader().follow(cluster.topics().infringementCases(), false, entry -> onCase(entry.value()));
    }

    /** The case as it is after a decision, which it tells whether taken or refused; empty if the time is over first. */
    public synchronized Optional<InfringementCase> await(CaseDecision decision, Duration timeout)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!holds(decision)) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (leftMillis <= 0) {
                return Optional.empty();
            }
            wait(leftMillis);
        }
        return Optional.of(changed.get(decision.getAlertId()));
    }

    /** What a case says of a decision, with the refusal if it was refused; empty if it has not been taken yet. */
    public static Optional<CaseDecision> outcome(InfringementCase known, String decisionId) {
        return known.getDecisions().stream()
                .filter(taken -> taken.getId().equals(decisionId))
                .findFirst();
    }

    @Override
    public void close() {
        cases.close();
    }

    private boolean holds(CaseDecision decision) {
        var known = changed.get(decision.getAlertId());
        return known != null && outcome(known, decision.getId()).isPresent();
    }

    private synchronized void onCase(InfringementCase changedCase) {
        if (changedCase != null) {
            changed.put(changedCase.getAlertId(), changedCase);
            notifyAll();
        }
    }
}
