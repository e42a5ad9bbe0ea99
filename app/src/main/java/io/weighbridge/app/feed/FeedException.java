package io.weighbridge.app.feed;

/** A topic could not be read; the message says which, where, and what to do, and is meant for people. */
public final class FeedException extends RuntimeException {

    public FeedException(String message) {
        super(message);
    }

    public FeedException(String message, Throwable cause) {
        super(message, cause);
    }
}
