package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.matcher.store.UnfitIndexException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that failed, since brokers and registries come back; a thread that keeps failing shuts the role down, which its
 * liveness then tells. One that cannot work with the settings shuts the role down at once.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final int MAX_FAILURES = 10;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final String role;
    private final Deque<Long> failures = new ArrayDeque<>();

    ThreadFailures(String role) {
        this.role = role;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnfitIndexException) {
                LOG.error(event("role.unfit"), "{}: shutting down: {}", role, cause.getMessage());
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        long now = System.nanoTime();
        failures.addLast(now);
        while (now - failures.peekFirst() > WITHIN.toNanos()) {
            failures.removeFirst();
        }
        if (failures.size() > MAX_FAILURES) {
            LOG.error(
                    event("role.failed"),
                    "{}: {} failures within {}, shutting down",
                    role,
                    failures.size(),
                    WITHIN,
                    failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error(event("role.thread.replaced"), "{}: a stream thread failed and is replaced", role, failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
