package io.weighbridge.matcher;

import io.weighbridge.matcher.store.MatchTally;
import io.weighbridge.matcher.store.PendingSearch;

/**
 * When a protected code matches too much to be believed: such as a reference that was chosen badly, or an architecture's common start.
 *
 * @param share of recent uploads, 0 to 1; at 1 nothing is ever quarantined
 * @param window how many uploads are recent
 */
record FloodRule(double share, int window) {

    /** So many matches are never too many. */
    private static final int FEWEST = 10;

    /** How many of the recent uploads a code may match. */
    int most() {
        return Math.max(FEWEST, (int) Math.ceil(share * window));
    }

    /**
     * With a match of an upload that arrived just now.
     *
     * @param arrival the upload's number among all that came to the place
     */
    MatchTally withLive(MatchTally tally, long arrival) {
        var next = tally.with(arrival, most() + 1);
        boolean isFull = next.recent().length > most();
        long spread = isFull ? arrival - next.recent()[0] : Long.MAX_VALUE;
        if (share < 1 && spread < window) {
            return next.holding();
        }
        if (next.isQuarantined() && spread < 2L * window) {
            return next.holding();
        }
        return next.released();
    }

    /** With a match of an upload from before the protection. */
    MatchTally withEarlier(MatchTally tally, PendingSearch search) {
        boolean isTooMuch = share < 1 && search.matched() > most() && search.matched() > share * search.considered();
        return isTooMuch || tally.isQuarantined() ? tally.holding() : tally;
    }
}
