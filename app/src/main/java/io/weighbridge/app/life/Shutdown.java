package io.weighbridge.app.life;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Keeps a process until it is told to stop, and closes what it runs however it ends: by Ctrl-C, by SIGTERM, or because it failed. */
public final class Shutdown {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private volatile boolean isClosing;

    private Shutdown() {}

    /** Closes something when the JVM ends. */
    public static Shutdown closing(AutoCloseable closeable) {
        var shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutdown.close(closeable), "shutdown"));
        return shutdown;
    }

    /** Returns when something has died by itself; stays, while it is being closed, until the JVM ends. */
    public void awaitDeath(BooleanSupplier isLive) throws InterruptedException {
        while (isClosing || isLive.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
        }
    }

    private void close(AutoCloseable closeable) {
        isClosing = true;
        Closing.quietly(closeable);
    }
}
