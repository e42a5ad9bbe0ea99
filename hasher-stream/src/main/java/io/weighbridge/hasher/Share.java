package io.weighbridge.hasher;

import java.util.Locale;

/** Whose the threads are: what is uploaded now, or what was uploaded long ago and is scanned after all. Threads are shared out by weight. */
public enum Share {
    LIVE,
    BACKFILL;

    /** The tag in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
