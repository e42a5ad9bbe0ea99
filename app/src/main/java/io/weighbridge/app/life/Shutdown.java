package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import java.time.Duration;
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
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final WallClock clock;
    private volatile boolean isClosing;

    Shutdown(WallClock clock) {
        this.clock = clock;
    }

    /** Closes something when the JVM ends. */
    public static Shutdown closing(AutoCloseable closeable) {
        var shutdown = new Shutdown(WallClock.ofThisMachine());
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
            var back = clock.setBack();
            if (!isClosing && !isLive.getAsBoolean()) {
                return death.get();
            }
            if (!isClosing && back.isPresent()) {
                String why = "the clock of this machine was set back by "
                        + back.get().toSeconds() + " s, for which Kafka's clients would stand still; start again";
                LOG.error(event("clock.set.back"), why);
                return why;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private void close(AutoCloseable closeable) {
        isClosing = true;
        Closing.quietly(closeable);
    }
}
