package io.weighbridge.matcher.store;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.List;

/**
 * The codes of one {@link RegionKey} in memory, each in a slot that it keeps. Not thread-safe.
 *
 * <p>An upload's arrival is its number among all that ever came to this region, from 1.
 */
public abstract sealed class Region permits ScanRegion, IndexRegion {

    private final Identities identities;
    private final AlgorithmId algorithm;
    private long arrived;

    Region(AlgorithmId algorithm, CodeSide side) {
        this.algorithm = algorithm;
        identities = new Identities(side == CodeSide.UPLOAD);
    }

    /** How many entries there are. */
    public final int size() {
        return identities.size();
    }

    /** All slots are smaller than this. */
    public final int limit() {
        return identities.limit();
    }

    /** How many entries have come in all, or have been noted. */
    public final long arrived() {
        return arrived;
    }

    /** When the upload in a slot came; 0 for the other sides. */
    public final long arrival(int slot) {
        return identities.arrival(slot);
    }

    /** Whose code is in a slot. */
    public final Identity identity(int slot) {
        return identities.identity(slot);
    }

    /** Whether there is a code in a slot. */
    public final boolean isTaken(int slot) {
        return identities.isTaken(slot);
    }

    /** The slot of an entry, or −1. */
    public final int slot(Identity identity) {
        return identities.slot(identity);
    }

    /** Bytes of memory taken. */
    public final long bytes() {
        return identities.bytes() + codeBytes();
    }

    /** The code in a slot. */
    public abstract PerceptualCode code(int slot);

    /**
     * Compares several queries with all codes in a part of the slots.
     *
     * @param to end of the slots, exclusive
     */
    public abstract void scan(List<PerceptualCode> queries, int radiusBits, int from, int to, Hits hits);

    abstract long codeBytes();

    abstract void putCode(int slot, PerceptualCode code);

    abstract void removeCode(int slot);

    final AlgorithmId algorithm() {
        return algorithm;
    }

    final int add(Identity identity, PerceptualCode code) {
        int slot = identities.add(identity, ++arrived);
        putCode(slot, code);
        return slot;
    }

    final void put(int slot, Identity identity, long arrival, PerceptualCode code) {
        identities.put(slot, identity, arrival);
        putCode(slot, code);
        noteArrival(arrival);
    }

    final void remove(int slot) {
        removeCode(slot);
        identities.remove(slot);
    }

    /** Arrivals from now on are later than this. */
    final void noteArrival(long arrival) {
        arrived = Math.max(arrived, arrival);
    }

    /** Takes what a search finds. */
    @FunctionalInterface
    public interface Hits {
        /** A code within the radius of one of the queries. */
        void visit(int query, int slot, int distanceBits);
    }
}
