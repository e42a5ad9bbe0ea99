package io.weighbridge.hasher;

import io.weighbridge.hasher.fetch.FetchResult.Available;
import io.weighbridge.hasher.fetch.FetchResult.Streamed;
import io.weighbridge.hasher.format.ByteRange;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may read and hash: as many threads as there are processors to do it with, while all others wait for hosts. A thread gives its turn up for as long
 * as the network keeps it waiting, so slow hosts cost no processor.
 */
final class HashTurns {

    private final WeightedTurns turns;
    private final Map<Share, Integer> waiting = new EnumMap<>(Share.class);

    HashTurns(WeightedTurns turns) {
        this.turns = turns;
        for (var share : Share.values()) {
            waiting.put(share, 0);
        }
    }

    /** Waits for a turn, which is to be closed. */
    Turn take(Share share) throws InterruptedException {
        enter(share);
        return new Turn(share);
    }

    /** How many threads wait for a turn. */
    synchronized int waiting(Share share) {
        return waiting.get(share);
    }

    private synchronized void enter(Share share) throws InterruptedException {
        waiting.merge(share, 1, Integer::sum);
        try {
            while (turns.next(waitingShares()).filter(share::equals).isEmpty()) {
                wait();
            }
            turns.begin(share);
        } finally {
            waiting.merge(share, -1, Integer::sum);
            notifyAll();
        }
    }

    private synchronized void leave(Share share) {
        turns.end(share);
        notifyAll();
    }

    private Set<Share> waitingShares() {
        var shares = EnumSet.noneOf(Share.class);
        waiting.forEach((share, count) -> shares.addAll(count > 0 ? Set.of(share) : Collections.emptySet()));
        return shares;
    }

    /** Work that may take long and no processor. */
    interface Waiting<T> {
        T get() throws IOException, InterruptedException;
    }

    /** A turn of one thread. */
    final class Turn implements AutoCloseable {

        private final Share share;
        private boolean isHeld = true;

        private Turn(Share share) {
            this.share = share;
        }

        /** Gives the turn up until the work is done. */
        <T> T without(Waiting<T> work) throws IOException, InterruptedException {
            close();
            try {
                return work.get();
            } finally {
                enter(share);
                isHeld = true;
            }
        }

        /** The bytes, from the start; those that are not on this machine are read without the turn. */
        ByteRange opened(Available bytes) throws IOException {
            return bytes instanceof Streamed ? new Remote(this, bytes.open()) : bytes.open();
        }

        @Override
        public void close() {
            if (isHeld) {
                isHeld = false;
                leave(share);
            }
        }
    }

    private record Remote(Turn turn, ByteRange source) implements ByteRange, Closeable {

        @Override
        public long sizeBytes() {
            return source.sizeBytes();
        }

        @Override
        public void readInto(ByteBuffer target, long offset, String what) throws IOException {
            try {
                turn.without(() -> {
                    source.readInto(target, offset, what);
                    return target;
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        }

        @Override
        public void close() throws IOException {
            if (source instanceof Closeable closeable) {
                closeable.close();
            }
        }
    }
}
