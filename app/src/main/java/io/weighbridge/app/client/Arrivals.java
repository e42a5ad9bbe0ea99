package io.weighbridge.app.client;

import io.weighbridge.app.feed.Following;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what followed topics bring. */
final class Arrivals {

    /** How soon it is noticed that a topic cannot be read any more. */
    private static final long LOOK_MILLIS = 1000;

    private Arrivals() {}

    /**
     * Returns true once all has come, and false if the time is over first.
     *
     * @param monitor held while looking, and notified of each arrival
     * @throws io.weighbridge.app.feed.FeedException if one of the topics cannot be read any more
     */
    static boolean await(Object monitor, BooleanSupplier hasCome, Duration timeout, Following... topics)
            throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (monitor) {
            while (!hasCome.getAsBoolean()) {
                for (var topic : topics) {
                    topic.check();
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (leftMillis <= 0) {
                    return false;
                }
                monitor.wait(Math.min(leftMillis, LOOK_MILLIS));
            }
            return true;
        }
    }
}
