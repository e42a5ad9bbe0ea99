package io.weighbridge.hash.search;

import java.util.BitSet;

/** Small numbers for things that come and go: the smallest that is free is given out next. Not thread-safe. */
public final class SlotAllocator {

    private final BitSet used = new BitSet();
    private int firstMaybeFree;
    private int count;

    /** Gives out a slot. */
    public int take() {
        int slot = used.nextClearBit(firstMaybeFree);
        occupy(slot);
        firstMaybeFree = slot + 1;
        return slot;
    }

    /**
     * Marks a slot as taken that is known from before.
     *
     * @throws IllegalStateException if it is taken already
     */
    public void occupy(int slot) {
        if (used.get(slot)) {
            throw new IllegalStateException("slot " + slot + " is taken");
        }
        used.set(slot);
        count++;
    }

    /**
     * Takes a slot back.
     *
     * @throws IllegalStateException if it was not taken
     */
    public void free(int slot) {
        if (!used.get(slot)) {
            throw new IllegalStateException("slot " + slot + " is not taken");
        }
        used.clear(slot);
        count--;
        firstMaybeFree = Math.min(firstMaybeFree, slot);
    }

    /** How many slots are taken. */
    public int count() {
        return count;
    }

    /** All slots that are taken are smaller than this. */
    public int limit() {
        return used.length();
    }

    /** Whether a slot is taken. */
    public boolean isTaken(int slot) {
        return used.get(slot);
    }
}
