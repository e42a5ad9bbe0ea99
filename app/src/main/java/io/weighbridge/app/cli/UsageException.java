package io.weighbridge.app.cli;

/** A command was given what it cannot take; the message says what it expects. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
