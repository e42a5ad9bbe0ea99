package io.weighbridge.app.feed;

/** What is known of an upload's likeness to protected models. Only {@link #NO_MATCH} says that all of it was compared and nothing is near. */
public enum MatchState {
    /** At least one file is near a protected model. */
    MATCH,
    /** Every file has codes and none is near a protected model so far. */
    NO_MATCH,
    /** Some files have codes, none of those is near a protected model, and others were not compared. */
    INCONCLUSIVE,
    /** No file has codes, so nothing was compared. */
    NOT_SCANNED,
    /** No outcome yet. */
    PENDING
}
