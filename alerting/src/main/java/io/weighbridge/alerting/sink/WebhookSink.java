package io.weighbridge.alerting.sink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each alert as JSON, signed, to one address. Tries again after I/O errors, 408, 429 and 5xx, with pauses that grow and vary, or as long
 * as the receiver's {@code Retry-After} asks; every other answer but 2xx is final. Redirects are not followed.
 */
public final class WebhookSink implements AlertSink {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSink.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double JITTER = 0.5;

    private final WebhookSettings settings;
    private final WebhookCall call;
    private final RetryConfig retries;

    WebhookSink(WebhookSettings settings) {
        this(settings, Clock.systemUTC());
    }

    WebhookSink(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        call = new WebhookCall(settings, clock);
        IntervalFunction pauses =
                IntervalFunction.ofExponentialRandomBackoff(settings.firstPause(), 2, JITTER, settings.longestPause());
        retries = RetryConfig.custom()
                .maxAttempts(settings.attempts())
                .retryOnException(IOException.class::isInstance)
                .intervalBiFunction((attempt, failure) -> pauseMillis(pauses.apply(attempt), failure))
                .build();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        String occurrence = Occurrence.of(alert).id();
        byte[] body = json(alert);
        Retry retry = Retry.of(settings.name(), retries);
        retry.getEventPublisher()
                .onRetry(event -> LOG.info(
                        "{}: occurrence {} not delivered to {} at attempt {}: {}; next in {} ms",
                        settings.name(),
                        occurrence,
                        settings.target(),
                        event.getNumberOfRetryAttempts(),
                        reason(event.getLastThrowable()),
                        event.getWaitInterval().toMillis()));
        try {
            return retry.executeCallable(() -> call.post(occurrence, body));
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
                settings.target() + ": " + reason(last) + "; given up after " + settings.attempts() + " attempts");
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

    private static byte[] json(InfringementAlert alert) {
        try {
            return JSON.writeValueAsBytes(AlertJson.of(alert));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }
}
