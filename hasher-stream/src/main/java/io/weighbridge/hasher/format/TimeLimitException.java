package io.weighbridge.hasher.format;

import java.io.IOException;

/** The time given for reading a model file has passed. */
public final class TimeLimitException extends IOException {

    private static final long serialVersionUID = 1L;

    TimeLimitException(String message) {
        super(message);
    }
}
