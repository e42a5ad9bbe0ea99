package io.weighbridge.hasher.format;

import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;

/** A model file cannot be read for what is in it. The message says what, where, expected and got. */
public final class ModelFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    private ModelFormatException(Outcome outcome, String message) {
        super(message);
        this.outcome = outcome;
    }

    /** The content contradicts its format. */
    public static ModelFormatException malformed(String message) {
        return new ModelFormatException(Outcome.MALFORMED, message);
    }

    /** The content may be right, but is of a kind that is not read. */
    public static ModelFormatException unsupported(String message) {
        return new ModelFormatException(Outcome.UNSUPPORTED, message);
    }

    /** A limit would be exceeded; the message names it as {@link ReadLimits} does, the name of its setting is added. */
    public static ModelFormatException tooLarge(String message) {
        return new ModelFormatException(Outcome.TOO_LARGE, ReadLimits.withSetting(message));
    }

    /** The same failure, located more closely: {@code subject: message}. */
    public ModelFormatException in(String subject) {
        var located = new ModelFormatException(outcome, subject + ": " + getMessage());
        located.initCause(this);
        return located;
    }

    /** MALFORMED, UNSUPPORTED or TOO_LARGE. */
    public Outcome outcome() {
        return outcome;
    }
}
