package io.weighbridge.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What the alerting stage counts. */
final class AlertMetrics {

    static final String RECEIVED = "weighbridge.alerts.received";
    static final String LATENCY = "weighbridge.alert.latency";
    static final String OPEN = "weighbridge.cases.open";

    private final Counter received;
    private final Timer latency;
    private final AtomicLong open = new AtomicLong();

    AlertMetrics(MeterRegistry registry) {
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
                .description("Cases in the partitions that this process owns")
                .strongReference(true)
                .register(registry);
    }

    void alertReceived() {
        received.increment();
    }

    /**
     * Notes a match that was not known. Its clock starts when it became possible: for an upload of a protected model that is the upload, for
     * an old upload of a newly protected model it is the protection. Clocks of hubs may be ahead of ours.
     */
    void occurred(InfringementAlert alert, Instant now) {
        var elapsed = Duration.between(alert.getMatchedAt(), now);
        latency.record(elapsed.isNegative() ? Duration.ZERO : elapsed);
    }

    /** Adds to the cases of this process; negative when a partition goes elsewhere. */
    void casesOpened(long cases) {
        open.addAndGet(cases);
    }
}
