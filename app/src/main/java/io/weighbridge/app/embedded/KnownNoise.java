package io.weighbridge.app.embedded;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Warnings of Kafka's that belong to every start and stop of a cluster or role, kept out of the log so that those that are left mean something.
 * Told apart by message, because the same loggers also say that a broker cannot be reached.
 */
public final class KnownNoise extends Filter<ILoggingEvent> {

    private static final List<String> MESSAGES = List.of(
            "Performing controller activation.",
            // A controller that only unregisters a killed broker may end before it has registered itself.
            "Unexpected error handling request RequestHeader(apiKey=CONTROLLER_REGISTRATION,",
            "Attempting to close NetworkClient that has already been closed.",
            // Between the restart of a killed broker and its listening to itself.
            "[TransactionCoordinator id=1] Connection to node 1",
            // Topics that are being made; one that stays away is reported by whoever waits for it.
            "The metadata response from the cluster reported a recoverable issue with correlation id",
            // Each global store looks for the ends of its topic in turn.
            "Not updating last stable offset for partition");

    /** For logback's configuration. */
    public KnownNoise() {}

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return MESSAGES.stream().anyMatch(message::contains) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
