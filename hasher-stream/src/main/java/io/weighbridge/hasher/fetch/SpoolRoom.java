package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes all copies in the spool may take together, and who gets room next. Room is taken before a byte is written, for the whole file. Safe for
 * use by many threads.
 *
 * <p><b>Order.</b> Uploads that hold room already go first, for they give none back before they have the rest; among them, any whose file fits. All
 * others come in their places, one after the other, so that a large file is not passed by small ones for ever.
 *
 * <p><b>No deadlock.</b> Uploads that all hold room and all wait for more would wait for each other. Then the last in order gives way: it is to
 * give back all that it holds and to begin again, in its old place, once there is room for what it held and waited for. The first in order is
 * never the one, so there is always one that ends.
 */
final class SpoolRoom {

    private final long totalBytes;
    private final Set<SpoolClaim> active = new HashSet<>();
    private long heldBytes;
    private long arrivals;
    private boolean isClosed;

    SpoolRoom(long totalBytes) {
        this.totalBytes = totalBytes;
    }

    /** @param behind how many uploads that come later go before this one */
    synchronized SpoolClaim claim(Deadline deadline, int behind) {
        return new SpoolClaim(this, deadline, arrivals++ + behind);
    }

    /** The most bytes that all copies together may take. */
    long totalBytes() {
        return totalBytes;
    }

    /** Bytes that copies take, or have room for. */
    synchronized long heldBytes() {
        return heldBytes;
    }

    /** How many downloads wait for room. */
    synchronized long waiting() {
        return active.stream().filter(SpoolClaim::isWaiting).count();
    }

    /** The most bytes that a file could ever get beside the others of its upload. */
    synchronized long mostBytes(SpoolLease lease) {
        return totalBytes - (lease.claim.heldBytes - lease.bytes);
    }

    /** Gives a file room for so many bytes in all, if that can be had at once; never waits. */
    synchronized boolean resize(SpoolLease lease, long bytes) {
        var claim = lease.claim;
        long more = bytes - lease.bytes;
        if (more > 0 && (lease.isClosed || !isNext(claim, more))) {
            return false;
        }
        lease.bytes = bytes;
        claim.heldBytes += more;
        claim.comebackBytes = more > 0 ? 0 : claim.comebackBytes;
        heldBytes += more;
        changed(claim);
        return true;
    }

    /**
     * Waits until a file has room for so many bytes in all.
     *
     * @return why it gets none; empty if it has it
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    synchronized Optional<NotFetched> await(SpoolLease lease, long bytes) throws InterruptedException {
        var claim = lease.claim;
        if (bytes > mostBytes(lease)) {
            return Optional.of(tooLarge(bytes, mostBytes(lease)));
        }
        resize(lease, 0);
        claim.wantedBytes = bytes;
        changed(claim);
        try {
            return untilNext(lease, bytes);
        } finally {
            claim.wantedBytes = 0;
            changed(claim);
        }
    }

    private Optional<NotFetched> untilNext(SpoolLease lease, long bytes) throws InterruptedException {
        var claim = lease.claim;
        while (!isClosed) {
            breakTie();
            if (claim.isGivingWay) {
                return Optional.of(notFetched(Outcome.FAILED, "gave way to other uploads in the spool"));
            }
            if (resize(lease, bytes)) {
                return Optional.empty();
            }
            if (claim.deadline.hasPassed()) {
                return Optional.of(notFetched(Outcome.TIMED_OUT, "no room in the spool by the deadline"));
            }
            long leftNanos = claim.deadline.remaining().toNanos();
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, leftNanos));
        }
        throw new InterruptedException("the fetcher was closed");
    }

    private boolean isNext(SpoolClaim claim, long bytes) {
        return !claim.isGivingWay
                && claim.fits(bytes, totalBytes - heldBytes)
                && active.stream().noneMatch(other -> other.waitsBefore(claim));
    }

    /** Has one give way if all that hold room wait for more, and none of them can have it. */
    private void breakTie() {
        var holders = active.stream().filter(SpoolClaim::isHolding).toList();
        boolean isTied = holders.stream()
                .noneMatch(holder -> !holder.isWaiting()
                        || holder.isGivingWay
                        || holder.fits(holder.wantedBytes, totalBytes - heldBytes));
        if (isTied) {
            holders.stream()
                    .max(Comparator.comparingLong(holder -> holder.place))
                    .ifPresent(last -> {
                        last.isGivingWay = true;
                        last.comebackBytes = last.heldBytes + last.wantedBytes;
                        notifyAll();
                    });
        }
    }

    /** Gives back what a file holds, for good. */
    synchronized void release(SpoolLease lease) {
        resize(lease, 0);
        lease.isClosed = true;
    }

    synchronized boolean isGivingWay(SpoolClaim claim) {
        return claim.isGivingWay;
    }

    /** What gave way has given everything back, and comes again. */
    synchronized void startOver(SpoolClaim claim) {
        claim.isGivingWay = false;
    }

    private void changed(SpoolClaim claim) {
        if (claim.isHolding() || claim.isWaiting()) {
            active.add(claim);
        } else {
            active.remove(claim);
        }
        notifyAll();
    }

    /** Wakes all that wait. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }

    private static NotFetched tooLarge(long bytes, long mostBytes) {
        return new NotFetched(
                Outcome.TOO_LARGE,
                SpoolSettings.TOTAL_BYTES + ": expected at most " + mostBytes
                        + " bytes beside the files that it is read with, got at least " + bytes);
    }

    private static NotFetched notFetched(Outcome outcome, String reason) {
        return new NotFetched(outcome, reason + "; see " + SpoolSettings.TOTAL_BYTES);
    }
}
