package io.weighbridge.hasher.fetch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The moment at which a fetcher is closed, for all that wait in it. */
final class Closing {

    private final CountDownLatch closed = new CountDownLatch(1);

    void begin() {
        closed.countDown();
    }

    /** @throws InterruptedException if the fetcher was closed: what is under way is to be forgotten, as after an interrupt */
    void check() throws InterruptedException {
        pause(Duration.ZERO);
    }

    /** Waits. @throws InterruptedException if the thread was interrupted, or the fetcher closed */
    void pause(Duration duration) throws InterruptedException {
        if (closed.await(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the fetcher was closed");
        }
    }
}
