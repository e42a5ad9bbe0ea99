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
        /** The evidence of a case that has an alert was added to; the id is the alert's. */
        ALERT,
        /** A case changed in any way: by evidence, by a decision, or by being held back; the id is the alert's. */
        CASE,
        /** A protected model was added, got its outcome, or was withdrawn; the id is the model's. */
        PROTECTED,
        /** The policy of a protected model was set or removed; the id is the model's. */
        POLICY,
        /** A suppression was made or lifted; the id is the suppression's. */
        SUPPRESSION;

        /** As written in events. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
