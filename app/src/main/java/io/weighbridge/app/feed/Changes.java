package io.weighbridge.app.feed;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The last {@value #KEPT} changes of a picture, for readers that wait for the next ones or come back after a break. */
public final class Changes {

    private static final int KEPT = 2_048;

    /** Tells this run from others: the sequence starts anew with each. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private long last;
    private boolean closed;

    synchronized void add(Change.Kind kind, String id) {
        changes.addLast(new Change(++last, kind, id));
        if (changes.size() > KEPT) {
            changes.removeFirst();
        }
        notifyAll();
    }

    /** Identifies the run that numbers these changes. */
    public String run() {
        return run;
    }

    /** The number of the newest change, 0 if there was none. */
    public synchronized long last() {
        return last;
    }

    /** The changes after the given one; empty if some of them are no longer kept, or were never numbered here. */
    public synchronized Optional<List<Change>> since(long sequence) {
        if (sequence > last || sequence < last - changes.size()) {
            return Optional.empty();
        }
        return Optional.of(
                changes.stream().filter(change -> change.sequence() > sequence).toList());
    }

    /** Waits until there is a change after the given one, the time is over, this is closed, or the reader has ended and {@link #wake} told. */
    public synchronized void await(long sequence, Duration timeout, BooleanSupplier hasEnded)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (last <= sequence && !closed && !hasEnded.getAsBoolean()) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    /** Has all who wait look whether their reader has ended. */
    public synchronized void wake() {
        notifyAll();
    }

    /** Lets nobody wait any longer. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    public synchronized boolean isClosed() {
        return closed;
    }
}
