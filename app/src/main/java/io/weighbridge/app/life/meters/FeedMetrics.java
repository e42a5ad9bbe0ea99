package io.weighbridge.app.life.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.app.feed.LiveFeed;

/** What the page and API hold in memory, and whether it is current. */
public final class FeedMetrics {

    private FeedMetrics() {}

    public static void bind(MeterRegistry meters, LiveFeed feed) {
        var picture = feed.picture();
        var cases = picture.cases();
        Gauge.builder("weighbridge.feed.cases", cases, book -> book.size())
                .description("Cases that the API can show")
                .register(meters);
        Gauge.builder("weighbridge.feed.cases.left.out", cases, book -> book.leftOut())
                .description("Cases that the API cannot show, for want of room")
                .register(meters);
        Gauge.builder("weighbridge.feed.dead.letters", picture, shown -> shown.deadLetterCount())
                .description("Dead letters of all stages and sinks that the API can show")
                .register(meters);
        Gauge.builder("weighbridge.feed.undecodable", feed, LiveFeed::undecodable)
                .description("Records that this process could not decode, and does not show")
                .register(meters);
        Gauge.builder("weighbridge.feed.current", feed, shown -> shown.isCurrent() ? 1 : 0)
                .description("1 while the API shows what the topics hold, 0 while it catches up or cannot read")
                .register(meters);
    }
}
