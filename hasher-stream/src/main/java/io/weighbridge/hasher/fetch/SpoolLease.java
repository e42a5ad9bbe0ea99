package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import java.util.Optional;

/** The room of one file in the spool, until this is closed. Its fields are guarded by the lock of the {@link SpoolRoom}. */
final class SpoolLease implements AutoCloseable {

    private final SpoolRoom room;
    final SpoolClaim claim;
    long bytes;
    boolean isClosed;

    SpoolLease(SpoolRoom room, SpoolClaim claim) {
        this.room = room;
        this.claim = claim;
    }

    /** The most bytes that the file could ever get. */
    long mostBytes() {
        return room.mostBytes(this);
    }

    /** Takes room for so many bytes in all, or gives back what is more; false if there is no such room now. Never waits. */
    boolean resize(long toBytes) {
        return room.resize(this, toBytes);
    }

    /**
     * Waits for room for so many bytes in all, until the deadline of the upload.
     *
     * @return why there is none; empty if it is taken
     * @throws InterruptedException if the thread was interrupted, or the fetcher closed
     */
    Optional<NotFetched> await(long forBytes) throws InterruptedException {
        return room.await(this, forBytes);
    }

    @Override
    public void close() {
        room.release(this);
    }
}
