package io.weighbridge.app.life;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.app.feed.cases.CaseBook;

/** What the page and API hold in memory. */
final class FeedMetrics {

    private FeedMetrics() {}

    static void bind(MeterRegistry meters, CaseBook cases) {
        Gauge.builder("weighbridge.feed.cases", cases, CaseBook::size)
                .description("Cases that the API can show.")
                .register(meters);
        Gauge.builder("weighbridge.feed.cases.left.out", cases, CaseBook::leftOut)
                .description("Cases that the API cannot show, for want of room.")
                .register(meters);
    }
}
