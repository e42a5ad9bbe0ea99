package io.weighbridge.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/** Warnings that a healthy broker gives at every start and stop, kept out of the log so that those that are left mean something. */
public final class KnownNoise extends Filter<ILoggingEvent> {

    private static final List<String> MESSAGES = List.of(
            "Performing controller activation.", "Attempting to close NetworkClient that has already been closed.");

    /** For logback's configuration. */
    public KnownNoise() {}

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return MESSAGES.stream().anyMatch(message::contains) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
