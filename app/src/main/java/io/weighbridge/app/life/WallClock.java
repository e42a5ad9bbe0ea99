package io.weighbridge.app.life;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells when the clock of this machine was set back. Kafka's clients take the time of their heartbeats, metadata and
 * retries from it, and take no time that is earlier than what they have seen: set back by an hour, they stand still for
 * that hour, and only new ones do not.
 */
final class WallClock {

    /** A shorter stand is over about as soon as a new start would be, and time daemons slew by far less. */
    static final Duration MOST_BACK = Duration.ofSeconds(30);

    private final LongSupplier wallMillis;
    private final LongSupplier monotonicNanos;
    private long aheadMillis;

    /** @param monotonicNanos a clock that nobody sets */
    WallClock(LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.wallMillis = wallMillis;
        this.monotonicNanos = monotonicNanos;
        this.aheadMillis = ahead();
    }

    static WallClock ofThisMachine() {
        return new WallClock(System::currentTimeMillis, System::nanoTime);
    }

    /** By how much it was set back since the last look, if by more than {@link #MOST_BACK}. */
    Optional<Duration> setBack() {
        long before = aheadMillis;
        aheadMillis = ahead();
        return Optional.of(Duration.ofMillis(before - aheadMillis)).filter(back -> back.compareTo(MOST_BACK) > 0);
    }

    private long ahead() {
        return wallMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(monotonicNanos.getAsLong());
    }
}
