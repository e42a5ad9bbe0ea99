package io.weighbridge.hasher;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who of the two shares is next, and how much each may hold, of a number of equal places. Not safe for use by many threads.
 *
 * <p><b>By weight.</b> While both wait, places are given in the proportion of the weights: each place moves its share's clock on by one over its
 * weight, and the share whose clock is behind is next (start-time fair queueing). A share that had nothing to do saves nothing up.
 *
 * <p><b>Never starved.</b> A place is held until its work is done, which may take long, so turns alone would not do: backfill never holds more places
 * than its weight's part, rounded down, and at least one; live work may hold all but one of two. Relies on: both weights are positive.
 */
final class WeightedTurns {

    private final Clock live;
    private final Clock backfill;
    private final int places;
    private double now;

    /** @param places 1 or more; for 1, each share has one of its own */
    WeightedTurns(int places, int liveWeight, int backfillWeight) {
        this.places = Math.max(2, places);
        long part = (long) this.places * backfillWeight / (liveWeight + (long) backfillWeight);
        backfill = new Clock(backfillWeight, (int) Math.max(1, Math.min(part, this.places - 1)));
        live = new Clock(liveWeight, places);
    }

    private static final class Clock {
        private final int weight;
        private final int most;
        private int held;
        private double time;

        Clock(int weight, int most) {
            this.weight = weight;
            this.most = most;
        }
    }

    /** The share that gets the next free place, of those that wait; empty if there is none for them. */
    Optional<Share> next(Set<Share> waiting) {
        if (live.held + backfill.held >= places) {
            return Optional.empty();
        }
        boolean mayLive = waiting.contains(Share.LIVE) && live.held < live.most;
        boolean mayBackfill = waiting.contains(Share.BACKFILL) && backfill.held < backfill.most;
        if (mayLive && mayBackfill) {
            return Optional.of(start(live) <= start(backfill) ? Share.LIVE : Share.BACKFILL);
        }
        return mayLive ? Optional.of(Share.LIVE) : mayBackfill ? Optional.of(Share.BACKFILL) : Optional.empty();
    }

    /** Takes the place that {@link #next} gave. */
    void begin(Share share) {
        var clock = clock(share);
        now = start(clock);
        clock.time = now + 1.0 / clock.weight;
        clock.held++;
    }

    /** Gives a place back. */
    void end(Share share) {
        clock(share).held--;
    }

    /** Places held. */
    Map<Share, Integer> held() {
        return Map.of(Share.LIVE, live.held, Share.BACKFILL, backfill.held);
    }

    private double start(Clock clock) {
        return Math.max(clock.time, now);
    }

    private Clock clock(Share share) {
        return share == Share.LIVE ? live : backfill;
    }
}
