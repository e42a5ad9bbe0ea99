package io.weighbridge.alerting.sink.email;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.TryLaterException;
import jakarta.mail.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mail on its way to its recipients: who has it is not sent it again by a later attempt. */
final class Mailing {

    private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);

    /** One attempt to hand the mail over for some recipients. */
    @FunctionalInterface
    interface Attempt {
        Handover send(List<Address> to) throws IOException, InterruptedException;
    }

    private final String server;
    private List<Address> pending;
    private boolean hasReachedAnybody;

    Mailing(String server, List<? extends Address> to) {
        this.server = server;
        pending = List.copyOf(to);
    }

    /**
     * Delivered once everybody has it that the server takes it for, and anybody has it.
     *
     * @throws IOException if somebody may get it later
     */
    Delivery advance(Attempt attempt) throws IOException, InterruptedException {
        Handover handover = attempt.send(pending);
        pending = handover.later();
        hasReachedAnybody |= !handover.taken().isEmpty();
        if (!pending.isEmpty()) {
            throw new TryLaterException(handover.answer(), Duration.ZERO);
        }
        if (hasReachedAnybody && !handover.refused().isEmpty()) {
            LOG.warn(
                    event("sink.email.recipient.refused"),
                    "{} takes no mail for {}: {}",
                    server,
                    handover.refused(),
                    handover.answer());
        }
        return hasReachedAnybody
                ? new Delivery.Delivered()
                : new Delivery.Refused(server + ": " + handover.answer() + ", which is final");
    }
}
