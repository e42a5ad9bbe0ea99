package io.weighbridge.alerting.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What a sink counts. */
final class SinkMetrics {

    static final String DELIVERIES = "weighbridge.sink.deliveries";
    static final String FAILURES = "weighbridge.sink.failures";

    private final Counter deliveries;
    private final Counter failures;

    SinkMetrics(MeterRegistry registry, String sink) {
        deliveries = Counter.builder(DELIVERIES)
                .description("Alerts that a sink has taken")
                .tag("sink", sink)
                .register(registry);
        failures = Counter.builder(FAILURES)
                .description("Alerts given up for a sink; each is in the dead letters")
                .tag("sink", sink)
                .register(registry);
    }

    void delivered() {
        deliveries.increment();
    }

    void failed() {
        failures.increment();
    }
}
