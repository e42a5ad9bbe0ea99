package io.weighbridge.app.operate.letter;

import java.util.Locale;

/**
 * What became of the wish to write a record to its topic again.
 *
 * @param id of the dead letter
 * @param detail why not, or which topic has it
 */
public record Redrive(String id, Status status, String detail) {

    /** The ways that it can end. */
    public enum Status {
        /** Nothing speaks against it; nothing was written yet. */
        POSSIBLE,
        /** It is in its topic again. */
        REDRIVEN,
        /** It was before, so that it was not now. */
        ALREADY,
        /** It cannot be. */
        REFUSED,
        /** There is no such dead letter, or not any more. */
        GONE
    }

    /** In a line. */
    public String text() {
        return status.name().toLowerCase(Locale.ROOT) + " " + id + ": " + detail;
    }
}
