package io.weighbridge.alerting.sink.attempt;

import static io.weighbridge.schemas.LogEvent.event;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.weighbridge.alerting.sink.Delivery;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats an attempt to deliver while it fails with an {@link IOException}, with pauses that grow and vary, or as long as a {@link
 * TryLaterException} asks, but never longer than the longest pause.
 */
public final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final double JITTER = 0.5;

    /** One attempt. */
    @FunctionalInterface
    public interface Attempt {

        /**
         * Tries once.
         *
         * @throws IOException if it may succeed later
         */
        Delivery make() throws IOException, InterruptedException;
    }

    private final String sink;
    private final String receiver;
    private final RetrySettings settings;
    private final RetryConfig config;

    /** @param receiver for logs and causes; holds no secret */
    public Retries(String sink, String receiver, RetrySettings settings) {
        this.sink = sink;
        this.receiver = receiver;
        this.settings = settings;
        IntervalFunction pauses =
                IntervalFunction.ofExponentialRandomBackoff(settings.firstPause(), 2, JITTER, settings.longestPause());
        config = RetryConfig.custom()
                .maxAttempts(settings.attempts())
                .retryOnException(IOException.class::isInstance)
                .intervalBiFunction((attempt, failure) -> pauseMillis(pauses.apply(attempt), failure))
                .build();
    }

    /**
     * Tries until an attempt ends with an answer that is final, or all attempts are used up.
     *
     * @param occurrence what is delivered, for the log
     * @throws InterruptedException if the thread was interrupted, in an attempt or in a pause
     */
    public Delivery deliver(String occurrence, Attempt attempt) throws InterruptedException {
        Retry retry = Retry.of(sink, config);
        retry.getEventPublisher()
                .onRetry(event -> LOG.info(
                        event("sink.delivery.retried"),
                        "{}: occurrence {} not delivered to {} at attempt {}: {}; next in {} ms",
                        sink,
                        occurrence,
                        receiver,
                        event.getNumberOfRetryAttempts(),
                        reason(event.getLastThrowable()),
                        event.getWaitInterval().toMillis()));
        try {
            return retry.executeCallable(attempt::make);
        } catch (IOException e) {
            return refusedUnlessInterrupted(e);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no other checked exception is thrown", e);
        }
    }

    /** The retry turns an interrupt during a pause into the last failure, with the thread's flag set. */
    private Delivery refusedUnlessInterrupted(IOException last) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while retrying");
        }
        return new Delivery.Refused(
                receiver + ": " + reason(last) + "; given up after " + settings.attempts() + " attempts");
    }

    private long pauseMillis(long backoffMillis, Either<Throwable, Object> failure) {
        if (failure.isLeft() && failure.getLeft() instanceof TryLaterException later) {
            Duration asked = later.retryAfter();
            return Math.max(
                    backoffMillis,
                    Math.min(asked.toMillis(), settings.longestPause().toMillis()));
        }
        return backoffMillis;
    }

    private static String reason(Throwable failure) {
        return failure instanceof TryLaterException ? failure.getMessage() : failure.toString();
    }
}
