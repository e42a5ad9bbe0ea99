package io.weighbridge.hasher.fetch;

import java.time.Duration;

/** A moment by which something must have ended, on the JVM's monotonic clock. */
public record Deadline(long atNanos) {

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Zero or less when it has passed. */
    Duration remaining() {
        return Duration.ofNanos(atNanos - System.nanoTime());
    }

    boolean hasPassed() {
        return atNanos - System.nanoTime() <= 0;
    }

    /** The shorter of a duration and what remains. */
    Duration cap(Duration duration) {
        var remaining = remaining();
        return remaining.compareTo(duration) < 0 ? remaining : duration;
    }
}
