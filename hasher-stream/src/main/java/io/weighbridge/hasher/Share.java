package io.weighbridge.hasher;

import java.util.Locale;

/** Whose the threads are: what is uploaded now, or what was uploaded long ago and is scanned after all. Threads are shared out by weight. */
public enum Share {
    LIVE(0),
    BACKFILL(100);

    private final int behind;

    Share(int behind) {
        this.behind = behind;
    }

    /** How many requests that come later go before one of these where room is given out in order. */
    int behind() {
        return behind;
    }

    /** The tag in metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
