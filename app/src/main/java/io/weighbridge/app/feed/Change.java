package io.weighbridge.app.feed;

import java.util.Locale;

/**
 * One change of the picture: which row to look at again. The row itself is read when the change is told, so several changes of one row
 * tell its present state.
 *
 * @param sequence counts up from 1 within one picture
 */
public record Change(long sequence, Kind kind, String id) {

    /** What changed. */
    public enum Kind {
        /** An upload was received; the id is the upload's. */
        UPLOAD,
        /** An upload's scan ended; the id is the upload's. */
        OUTCOME,
        /** An upload is near a protected model; the id is the upload's. */
        MATCH,
        /** A case was opened or updated; the id is the alert's. */
        ALERT,
        /** A protected model was added, got its outcome, or was withdrawn; the id is the model's. */
        PROTECTED;

        /** As written in events. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
