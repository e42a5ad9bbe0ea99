package io.weighbridge.app.client;

import io.weighbridge.app.feed.Following;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Waits for decisions to take effect. Create it before the first is published. */
public final class CaseTracker implements AutoCloseable {

    private final Map<String, InfringementCase> changed = new HashMap<>();
    private final Following cases;

    public CaseTracker(Cluster cluster) {
        cases = cluster.reader().follow(cluster.topics().infringementCases(), false, entry -> onCase(entry.value()));
    }

    /** The case as it is after a decision, which it tells whether taken or refused; empty if the time is over first. */
    public Optional<InfringementCase> await(CaseDecision decision, Duration timeout) throws InterruptedException {
        return Arrivals.await(this, () -> holds(decision), timeout, cases)
                ? Optional.of(known(decision))
                : Optional.empty();
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

    private synchronized InfringementCase known(CaseDecision decision) {
        return changed.get(decision.getAlertId());
    }

    private boolean holds(CaseDecision decision) {
        var known = known(decision);
        return known != null && outcome(known, decision.getId()).isPresent();
    }

    private synchronized void onCase(InfringementCase changedCase) {
        if (changedCase != null) {
            changed.put(changedCase.getAlertId(), changedCase);
            notifyAll();
        }
    }
}
