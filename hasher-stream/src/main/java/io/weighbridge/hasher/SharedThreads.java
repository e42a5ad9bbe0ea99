package io.weighbridge.hasher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that live and backfill work take turns on; first come, first served within each. Safe for use by many threads. */
final class SharedThreads {

    private final WeightedTurns turns;
    private final Map<Share, Queue<Runnable>> waiting = new EnumMap<>(Share.class);
    private final ExecutorService threads;
    private boolean isClosed;

    /** @param name what the threads' names begin with */
    SharedThreads(String name, WeightedTurns turns) {
        this.turns = turns;
        for (var share : Share.values()) {
            waiting.put(share, new ArrayDeque<>());
        }
        var count = new AtomicInteger();
        threads = Executors.newCachedThreadPool(runnable -> {
            var thread = new Thread(runnable, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Runs the work in its turn. Never blocks.
     *
     * @param work never throws; its future is cancelled when it waits no more
     * @throws RejectedExecutionException if this was closed
     */
    synchronized <T extends Runnable & Future<?>> void execute(Share share, T work) {
        if (isClosed) {
            throw new RejectedExecutionException("closed");
        }
        waiting.get(share).add(work);
        beginNext();
    }

    /** How much waits for a thread. */
    synchronized int waiting(Share share) {
        return waiting.get(share).size();
    }

    /** How much is under way. */
    synchronized int running(Share share) {
        return turns.held().get(share);
    }

    private void beginNext() {
        for (var next = turns.next(busy()); next.isPresent(); next = turns.next(busy())) {
            var share = next.get();
            var work = waiting.get(share).remove();
            turns.begin(share);
            threads.execute(() -> run(share, work));
        }
    }

    private void run(Share share, Runnable work) {
        try {
            work.run();
        } finally {
            ended(share);
        }
    }

    private synchronized void ended(Share share) {
        turns.end(share);
        if (!isClosed) {
            beginNext();
        }
    }

    private Set<Share> busy() {
        var shares = EnumSet.noneOf(Share.class);
        waiting.forEach((share, queue) -> {
            if (!queue.isEmpty()) {
                shares.add(share);
            }
        });
        return shares;
    }

    /** Interrupts what is under way, forgets what waits, and waits until all threads have ended. False if they have not by then. */
    boolean close(Duration patience) throws InterruptedException {
        synchronized (this) {
            isClosed = true;
            waiting.values().forEach(Queue::clear);
        }
        threads.shutdownNow();
        return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
