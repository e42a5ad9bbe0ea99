package io.weighbridge.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What the alerting stage counts. */
final class AlertMetrics {

    static final String RECEIVED = "weighbridge.alerts.received";
    static final String LATENCY = "weighbridge.alert.latency";
    static final String OPEN = "weighbridge.cases.open";
    static final String HELD = "weighbridge.cases.held";
    static final String SUPPRESSED = "weighbridge.cases.suppressed";
    static final String DECISIONS = "weighbridge.cases.decisions";

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter held;
    private final Counter suppressed;
    private final Timer latency;
    private final AtomicLong open = new AtomicLong();

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
        held = Counter.builder(HELD)
                .description("Matches that raised no alert: quarantine, shadow mode, or disabled protection")
                .register(registry);
        suppressed = Counter.builder(SUPPRESSED)
                .description("Matches of cases that are dismissed, suppressed or authorised")
                .register(registry);
        received = Counter.builder(RECEIVED)
                .description("Alerts read, those delivered again included")
                .register(registry);
        latency = Timer.builder(LATENCY)
                .description("From an upload, or from the protection of a model if that came later, to its case")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(100))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(registry);
        Gauge.builder(OPEN, open, AtomicLong::get)
                .description("Cases that wait for people, in the partitions that this process owns")
                .strongReference(true)
                .register(registry);
    }

    void alertReceived() {
        received.increment();
    }

    /**
     * Notes a match that was not known. The clock of an alert starts when it became possible: for an upload of a protected model that is the upload, for
     * an old upload of a newly protected model it is the protection. Clocks of hubs may be ahead of ours.
     */
    void occurred(InfringementAlert alert, InfringementCase settled, Instant now) {
        if (alert.getHeld() != null) {
            held.increment();
            return;
        }
        if (settled.getDismissal() != null) {
            suppressed.increment();
        }
        var elapsed = Duration.between(alert.getMatchedAt(), now);
        latency.record(elapsed.isNegative() ? Duration.ZERO : elapsed);
    }

    /** Notes what people have decided, or that it was refused. */
    void decided(InfringementCase after) {
        var decision = after.getDecisions().get(after.getDecisions().size() - 1);
        Counter.builder(DECISIONS)
                .description("Decisions of people, by the state that they lead to")
                .tag(
                        "state",
                        decision.getRefusal() == null ? decision.getState().name() : "REFUSED")
                .register(registry)
                .increment();
    }

    /** Adds to the open cases of this process; negative when some are closed, or a partition goes elsewhere. */
    void casesOpened(long cases) {
        open.addAndGet(cases);
    }
}
