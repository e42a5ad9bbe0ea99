package io.weighbridge.hasher.fetch;

import java.time.Duration;

/**
 * Bytes a second that all downloads of the process share: a bucket of one second's bytes that fills steadily. Whoever takes more than is
 * in it waits until the rest has come in, so the debt of one is the wait of the next.
 */
final class BandwidthCap {

    private static final double NANOS = 1e9;

    private final long bytesPerSecond;
    private final Closing closing;
    private double available;
    private long filledNanos;

    /** @param bytesPerSecond 0 for no cap */
    BandwidthCap(long bytesPerSecond, Closing closing) {
        this.bytesPerSecond = bytesPerSecond;
        this.closing = closing;
        available = bytesPerSecond;
        filledNanos = System.nanoTime();
    }

    /** Counts bytes that were received, and waits as long as they were too many. */
    void take(int bytes) throws InterruptedException {
        if (bytesPerSecond > 0) {
            closing.pause(waitAfter(bytes, System.nanoTime()));
        }
    }

    /** How long to wait after taking so many bytes at a moment. */
    synchronized Duration waitAfter(int bytes, long nowNanos) {
        double filled = available + (nowNanos - filledNanos) / NANOS * bytesPerSecond;
        available = Math.min(bytesPerSecond, filled) - bytes;
        filledNanos = nowNanos;
        return available >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-available / bytesPerSecond * NANOS));
    }
}
