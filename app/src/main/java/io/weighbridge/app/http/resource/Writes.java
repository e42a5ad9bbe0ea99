package io.weighbridge.app.http.resource;

import static io.weighbridge.schemas.LogEvent.event;

import io.javalin.http.HttpStatus;
import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.feed.Changes;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what a request changes, and waits until the picture shows it. */
final class Writes {

    /** How long an answer waits for its effect. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

    private final Gateway gateway;
    private final LivePicture picture;
    private final Clock clock;
    private final Duration patience;

    Writes(Gateway gateway, LivePicture picture, Clock clock, Duration patience) {
        this.gateway = gateway;
        this.picture = picture;
        this.clock = clock;
        this.patience = patience;
    }

    /** The present time as records hold it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Publishes; returns once the brokers have it.
     *
     * @throws ProblemException with status 503 if they do not take it
     */
    void publish(Consumer<Publisher> publish) {
        attempt(() -> publish.accept(gateway.publisher()));
    }

    /**
     * Changes something at the brokers in another way.
     *
     * @throws ProblemException with status 503 if they do not take it
     */
    void attempt(Runnable change) {
        try {
            change.run();
        } catch (KafkaException e) {
            LOG.warn(event("api.write.failed"), "a change was not published: {}", e.toString());
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, "not changed, the brokers did not take it: " + e.getMessage());
        }
    }

    /** When a wait that begins now is over. */
    long deadline() {
        return System.nanoTime() + patience.toNanos();
    }

    /** Looks at each change of the picture until there is something to see; empty if the time is over first. */
    <T> Optional<T> await(Supplier<Optional<T>> look) {
        return await(look, deadline());
    }

    /** The same, until a {@link #deadline()}. */
    <T> Optional<T> await(Supplier<Optional<T>> look, long deadline) {
        Changes changes = picture.changes();
        try {
            for (; ; ) {
                long seen = changes.last();
                Optional<T> found = look.get();
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                if (found.isPresent() || left.isNegative() || left.toMillis() == 0 || changes.isClosed()) {
                    return found;
                }
                changes.await(seen, left, () -> false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return look.get();
        }
    }
}
