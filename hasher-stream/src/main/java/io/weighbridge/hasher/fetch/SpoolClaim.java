package io.weighbridge.hasher.fetch;

/**
 * The part of one upload in the spool: its place in line, and what its files hold together. Used by one thread at a time. Its fields are guarded by the
 * lock of the {@link SpoolRoom}.
 */
public final class SpoolClaim {

    private final SpoolRoom room;
    final Deadline deadline;
    final long place;
    long heldBytes;
    long wantedBytes;
    long comebackBytes;
    boolean isGivingWay;

    SpoolClaim(SpoolRoom room, Deadline deadline, long place) {
        this.room = room;
        this.deadline = deadline;
        this.place = place;
    }

    /** By which all files of the upload are to be fetched. */
    public Deadline deadline() {
        return deadline;
    }

    /** Whether this upload stands in the way of others that came before: its files are to be closed, and it is to be begun again. */
    public boolean isGivingWay() {
        return room.isGivingWay(this);
    }

    /** Comes again, in the old place. Relies on: all files that were fetched by this claim are closed. */
    public void startOver() {
        room.startOver(this);
    }

    /** Room for one more file; none as yet. */
    SpoolLease lease() {
        return new SpoolLease(room, this);
    }

    boolean isHolding() {
        return heldBytes > 0;
    }

    boolean isWaiting() {
        return wantedBytes > 0;
    }

    /** What gave way once does so again unless there is room for all that it wanted then. */
    boolean fits(long bytes, long freeBytes) {
        return bytes <= freeBytes && (isHolding() || comebackBytes <= freeBytes);
    }

    /** Whether this waits for room that another may not take before. */
    boolean waitsBefore(SpoolClaim other) {
        if (this == other || !isWaiting()) {
            return false;
        }
        return isHolding() == other.isHolding() ? !isHolding() && place < other.place : isHolding();
    }
}
