package io.weighbridge.alerting.sink;

import java.io.IOException;
import java.time.Duration;

/** A receiver that answered, but could not take the alert now. */
final class TryLaterException extends IOException {

    private final Duration retryAfter;

    /** @param retryAfter how long it asks to wait; zero if it does not say */
    TryLaterException(int status, Duration retryAfter) {
        super("HTTP " + status);
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
