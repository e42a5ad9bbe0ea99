package io.weighbridge.matcher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The stream time that may be cleaned up to: one that had been reached a while of running time ago.
 *
 * <p>Stream time alone would not do. When much is read at once, after an outage or in a replay, one side's records run ahead of the
 * other's, and uploads would be forgotten before the older protections they match have been read.
 */
final class ExpiryHorizon {

    private final long graceMillis;
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long wallMillis, long streamMillis) {}

    /** @param grace how far one side may be read behind the other, in running time */
    ExpiryHorizon(Duration grace) {
        graceMillis = grace.toMillis();
    }

    /** Notes the present stream time, and gives the newest that was noted at least the grace ago. */
    OptionalLong advance(long wallMillis, long streamMillis) {
        samples.addLast(new Sample(wallMillis, streamMillis));
        var horizon = OptionalLong.empty();
        while (!samples.isEmpty() && wallMillis - samples.peekFirst().wallMillis() >= graceMillis) {
            horizon = OptionalLong.of(samples.removeFirst().streamMillis());
        }
        return horizon;
    }
}
