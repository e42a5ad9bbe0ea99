package io.weighbridge.alerting.sink.attempt;

import java.io.IOException;
import java.time.Duration;

/** A receiver that answered, but could not take the alert now. Its message is for people and holds no secret. */
public final class TryLaterException extends IOException {

    private final Duration retryAfter;

    /** @param retryAfter how long it asks to wait; zero if it does not say */
    public TryLaterException(String answer, Duration retryAfter) {
        super(answer);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
