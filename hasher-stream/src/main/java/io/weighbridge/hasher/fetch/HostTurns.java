package io.weighbridge.hasher.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When each host may be asked: so many requests at a time, so many a second, and none before a time that the host named. All threads share
 * it, so a host that asked one of them to wait is left alone by all.
 */
final class HostTurns {

    /** Uploaders choose the hosts; those with nothing to remember are forgotten from this many on. */
    private static final int MANY_HOSTS = 1000;

    /** From this many on, those are forgotten too that are to be left alone: memory goes before manners. */
    private static final int MOST_HOSTS = 10_000;

    /** Longest time that a host can name. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final int mostAtATime;
    private final long nanosBetween;
    private final Map<String, Host> hosts = new HashMap<>();
    private boolean isClosed;

    /**
     * @param mostAtATime requests to one host under way together
     * @param mostPerSecond requests to one host begun in a second, evenly spread; 0 for no limit
     */
    HostTurns(int mostAtATime, int mostPerSecond) {
        this.mostAtATime = mostAtATime;
        nanosBetween = mostPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / mostPerSecond;
    }

    private static final class Host {
        private int running;
        private long nextNanos = System.nanoTime();
        private long notBeforeNanos = nextNanos;

        boolean isForgettable(long now) {
            return running == 0 && nextNanos - now <= 0 && notBeforeNanos - now <= 0;
        }
    }

    /** One request that may be made now. To be closed when its answer has been read. */
    interface Turn {

        void close();
    }

    /**
     * Waits until the host may be asked.
     *
     * @throws NoTurnException if that will not be before the deadline
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    synchronized Turn take(String host, Deadline deadline) throws NoTurnException, InterruptedException {
        while (true) {
            if (isClosed) {
                throw new InterruptedException("the fetcher was closed");
            }
            long now = System.nanoTime();
            var state = state(host, now);
            long waitNanos = Math.max(state.notBeforeNanos - now, state.nextNanos - now);
            long leftNanos = deadline.remaining().toNanos();
            if (waitNanos <= 0 && state.running < mostAtATime) {
                return begin(state, now);
            }
            if (waitNanos >= leftNanos || leftNanos <= 0) {
                throw new NoTurnException(host, waitNanos);
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, waitNanos > 0 ? waitNanos : leftNanos));
        }
    }

    private Turn begin(Host state, long now) {
        state.running++;
        state.nextNanos = now + nanosBetween;
        return () -> end(state);
    }

    private synchronized void end(Host state) {
        state.running--;
        notifyAll();
    }

    /** Nobody asks the host for so long from now; a longer time that it named before stays. */
    synchronized void leaveAlone(String host, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            return;
        }
        long now = System.nanoTime();
        var wait = duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
        var state = state(host, now);
        if (state.notBeforeNanos - now < wait.toNanos()) {
            state.notBeforeNanos = now + wait.toNanos();
        }
    }

    private Host state(String host, long now) {
        if (hosts.size() >= MANY_HOSTS) {
            hosts.values().removeIf(state -> state.isForgettable(now));
        }
        if (hosts.size() >= MOST_HOSTS) {
            hosts.values().removeIf(state -> state.running == 0);
        }
        return hosts.computeIfAbsent(host, name -> new Host());
    }

    synchronized int hosts() {
        return hosts.size();
    }

    /** Wakes all that wait. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    /** The host may not be asked before the deadline. */
    static final class NoTurnException extends IOException {

        private static final long serialVersionUID = 1L;

        NoTurnException(String host, long waitNanos) {
            super(
                    waitNanos > 0
                            ? host + " may not be asked for another " + (waitNanos / 1_000_000_000 + 1)
                                    + " s, which is past the deadline; see " + FetchSettings.DEADLINE
                            : host + " was asked by others until the deadline; see "
                                    + TrafficSettings.HOST_CONNECTIONS);
        }
    }
}
