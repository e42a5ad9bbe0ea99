package io.weighbridge.matcher.store;

import io.weighbridge.hash.search.SlotAllocator;
import java.util.Arrays;

/**
 * Which entry is in which slot of a region, and of uploads when they came: 16 or 24 bytes a slot, and an open-addressing table of 5 to 11 bytes
 * for the way back. Not thread-safe.
 */
final class Identities {

    private static final int EMPTY = -1;
    private static final int FIRST_CAPACITY = 16;

    private final SlotAllocator slots = new SlotAllocator();
    private long[] high = new long[FIRST_CAPACITY];
    private long[] low = new long[FIRST_CAPACITY];
    private long[] arrivals;
    private int[] table = emptyTable(FIRST_CAPACITY * 2);

    /** @param keepsArrivals whether anybody asks for them */
    Identities(boolean keepsArrivals) {
        arrivals = keepsArrivals ? new long[FIRST_CAPACITY] : null;
    }

    /** Gives an entry a slot. */
    int add(Identity identity, long arrival) {
        int slot = slots.take();
        fill(slot, identity, arrival);
        return slot;
    }

    /** Gives an entry the slot that it had before. */
    void put(int slot, Identity identity, long arrival) {
        slots.occupy(slot);
        fill(slot, identity, arrival);
    }

    /** The slot of an entry, or −1. */
    int slot(Identity identity) {
        return table[position(identity)];
    }

    void remove(int slot) {
        int hole = position(identity(slot));
        slots.free(slot);
        table[hole] = EMPTY;
        // Entries after the hole may have been pushed past it.
        for (int at = next(hole); table[at] != EMPTY; at = next(at)) {
            int moved = table[at];
            table[at] = EMPTY;
            table[position(identity(moved))] = moved;
        }
    }

    Identity identity(int slot) {
        return new Identity(high[slot], low[slot]);
    }

    /** 0 if arrivals are not kept. */
    long arrival(int slot) {
        return arrivals == null ? 0 : arrivals[slot];
    }

    boolean isTaken(int slot) {
        return slots.isTaken(slot);
    }

    int size() {
        return slots.count();
    }

    int limit() {
        return slots.limit();
    }

    long bytes() {
        int words = arrivals == null ? 2 : 3;
        return (long) high.length * words * Long.BYTES + (long) table.length * Integer.BYTES;
    }

    private void fill(int slot, Identity identity, long arrival) {
        if (slot >= high.length) {
            int capacity = Math.max(slot + 1, high.length + high.length / 2);
            high = Arrays.copyOf(high, capacity);
            low = Arrays.copyOf(low, capacity);
            arrivals = arrivals == null ? null : Arrays.copyOf(arrivals, capacity);
        }
        high[slot] = identity.high();
        low[slot] = identity.low();
        if (arrivals != null) {
            arrivals[slot] = arrival;
        }
        if (slots.count() * 4L > table.length * 3L) {
            rehash();
        } else {
            table[position(identity)] = slot;
        }
    }

    private void rehash() {
        table = emptyTable(table.length * 2);
        for (int slot = 0; slot < slots.limit(); slot++) {
            if (slots.isTaken(slot)) {
                table[position(identity(slot))] = slot;
            }
        }
    }

    /** Where an identity is in the table, or would be put. */
    private int position(Identity identity) {
        int at = (int) identity.low() & table.length - 1;
        while (table[at] != EMPTY && (high[table[at]] != identity.high() || low[table[at]] != identity.low())) {
            at = next(at);
        }
        return at;
    }

    private int next(int at) {
        return at + 1 & table.length - 1;
    }

    private static int[] emptyTable(int length) {
        var table = new int[length];
        Arrays.fill(table, EMPTY);
        return table;
    }
}
