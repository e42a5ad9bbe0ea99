package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a process until it is told to stop, and closes what it runs however it ends: by Ctrl-C, by SIGTERM, because it
 * failed, or because it has to be started again.
 */
public final class Shutdown {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final int HALTED = 2;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What closing may take on clients that stand still; what they leave is what a kill leaves. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(20);

    private final WallClock clock;
    private final Runnable closeBound;
    private volatile boolean isClosing;

    /** @param closeBound sees to it that closing comes to an end though clients stand still */
    Shutdown(WallClock clock, Runnable closeBound) {
        this.clock = clock;
        this.closeBound = closeBound;
    }

    /** For work that ends, and closes what it runs, by itself. */
    public static Shutdown ofWork() {
        return new Shutdown(WallClock.ofThisMachine(), Shutdown::haltInTime);
    }

    /** Closes something when the JVM ends. */
    public static Shutdown closing(AutoCloseable closeable) {
        var shutdown = ofWork();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.close(closeable), "shutdown"));
        return shutdown;
    }

    /**
     * Returns when something has died by itself, or has to be started again because the clock was set back; stays, while
     * it is being closed, until the JVM ends.
     *
     * @param death what to say of something that is not live
     * @return why it ends
     */
    public String awaitDeath(BooleanSupplier isLive, Supplier<String> death) throws InterruptedException {
        while (true) {
            var end = needed();
            if (!isClosing && !isLive.getAsBoolean()) {
                return death.get();
            }
            if (end.isPresent()) {
                return end.get();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    /** Why the process has to be started again, if the clock was set back since the last look; sees to it that it does end then. */
    public Optional<String> needed() {
        return clock.setBack().filter(back -> !isClosing).map(back -> {
            String why = "the clock of this machine was set back by " + back.toSeconds()
                    + " s, for which Kafka's clients would stand still; start again";
            LOG.error(event("clock.set.back"), why);
            closeBound.run();
            return why;
        });
    }

    private static void haltInTime() {
        CompletableFuture.delayedExecutor(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> Runtime.getRuntime().halt(HALTED));
    }

    private void close(AutoCloseable closeable) {
        isClosing = true;
        Closing.quietly(closeable);
    }
}
