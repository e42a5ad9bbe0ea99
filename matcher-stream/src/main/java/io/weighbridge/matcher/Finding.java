package io.weighbridge.matcher;

/**
 * A match, and what is to become of it.
 *
 * @param fate alert, or why not
 */
record Finding(Match match, Fate fate) {

    enum Fate {
        /** Sent as an alert. */
        ALERT,
        /** Sent to the topic of held alerts: the protected code matches too much of late. */
        HELD,
        /** Not sent: the upload is as near to a public baseline as to the protected model. */
        BASELINE
    }
}
