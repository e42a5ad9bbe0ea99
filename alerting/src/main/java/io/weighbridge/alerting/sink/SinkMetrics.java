package io.weighbridge.alerting.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** What a sink counts. */
final class SinkMetrics {

    static final String DELIVERIES = "weighbridge.sink.deliveries";
    static final String FAILURES = "weighbridge.sink.failures";

    static final String SILENCED = "weighbridge.sink.silenced";
    static final String UNDELIVERED_AGE = "weighbridge.sink.undelivered.age";

    private final Counter deliveries;
    private final Counter failures;
    private final Counter silenced;
    private volatile Instant underWaySince;

    SinkMetrics(MeterRegistry registry, String sink) {
        deliveries = Counter.builder(DELIVERIES)
                .description("Alerts that a sink has taken")
                .tag("sink", sink)
                .register(registry);
        failures = Counter.builder(FAILURES)
                .description("Alerts given up for a sink; each is in the dead letters")
                .tag("sink", sink)
                .register(registry);
        silenced = Counter.builder(SILENCED)
                .description("Alerts that nobody is told of: suppressed, or of authorised copies")
                .tag("sink", sink)
                .register(registry);
        Gauge.builder(UNDELIVERED_AGE, this, SinkMetrics::undeliveredSeconds)
                .description("Age of the alert that a sink is delivering; 0 while it has none")
                .baseUnit("seconds")
                .tag("sink", sink)
                .strongReference(true)
                .register(registry);
    }

    void delivered() {
        deliveries.increment();
    }

    void failed() {
        failures.increment();
    }

    void silenced() {
        silenced.increment();
    }

    /** A delivery has begun, of an alert written at this time. */
    void begun(Instant writtenAt) {
        underWaySince = writtenAt;
    }

    /** The delivery has ended, however it did. */
    void ended() {
        underWaySince = null;
    }

    private double undeliveredSeconds() {
        Instant since = underWaySince;
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, Instant.now()).toMillis() / 1e3);
    }
}
