package io.weighbridge.hash.search;

import java.util.Arrays;

/**
 * Which codes have a given substring at one position: chains through the slots of {@link CodeRows}, in primitive arrays.
 *
 * <p>A bucket is the substring itself while there are no more buckets than substrings, and a hash of it otherwise. About 8 to 13 bytes a
 * code. Not thread-safe.
 *
 * <p>A chain is followed by links: twice a slot, plus 1 if another slot follows it. Most chains are short, so most of the time that bit spares
 * the read of a place that is not in the cache.
 */
public final class SubstringTable {

    /** The link that leads nowhere. */
    static final int NONE = -1;

    /** Slots must be smaller than this. */
    private static final int MOST_SLOTS = 1 << 30;

    /** What follows a slot that is not in the table. */
    private static final int ABSENT = -2;

    private static final int FIRST_BUCKETS_SHIFT = 6;
    private static final int MAX_BUCKETS_SHIFT = 30;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CodeRows rows;
    private final int firstBit;
    private final int widthBits;
    private int bucketsShift;
    private int[] heads;
    private int[] next = {};
    private int size;

    /** @param widthBits of the substrings, 1 to 64 */
    public SubstringTable(CodeRows rows, int firstBit, int widthBits) {
        if (widthBits < 1 || widthBits > Long.SIZE) {
            throw new IllegalArgumentException("widthBits: expected 1 to 64, got " + widthBits);
        }
        this.rows = rows;
        this.firstBit = firstBit;
        this.widthBits = widthBits;
        makeBuckets(Math.min(widthBits, FIRST_BUCKETS_SHIFT));
    }

    /**
     * Takes in the code of a slot, which must not be in the table.
     *
     * @throws IllegalArgumentException if the slot is 2³⁰ or more
     */
    public void add(int slot) {
        if (slot >= MOST_SLOTS) {
            throw new IllegalArgumentException("slot: expected less than " + MOST_SLOTS + ", got " + slot);
        }
        if (size >= heads.length && bucketsShift < Math.min(widthBits, MAX_BUCKETS_SHIFT)) {
            grow();
        }
        if (slot >= next.length) {
            int before = next.length;
            next = Arrays.copyOf(next, Math.max(slot + 1, before + before / 4));
            Arrays.fill(next, before, next.length, ABSENT);
        }
        link(slot);
        size++;
    }

    /** Leaves out the code of a slot, which must still be in its row. */
    public void remove(int slot) {
        int bucket = bucket(substring(slot));
        int before = NONE;
        int link = heads[bucket];
        while (link != NONE && slot(link) != slot) {
            before = link;
            link = next(link);
        }
        if (link == NONE) {
            throw new IllegalArgumentException("slot " + slot + " is not in the table");
        }
        if (before == NONE) {
            heads[bucket] = next[slot];
        } else {
            next[slot(before)] = next[slot];
            if (next[slot] == NONE) {
                endAt(slot(before), bucket);
            }
        }
        next[slot] = ABSENT;
        size--;
    }

    /** Marks the link to a slot as the last of its chain. */
    private void endAt(int last, int bucket) {
        if (slot(heads[bucket]) == last) {
            heads[bucket] = link(last, NONE);
            return;
        }
        int slot = slot(heads[bucket]);
        while (slot(next[slot]) != last) {
            slot = slot(next[slot]);
        }
        next[slot] = link(last, NONE);
    }

    /** Where the codes with a substring are. */
    int bucket(long substring) {
        return bucketsShift == widthBits ? (int) substring : (int) (substring * GOLDEN >>> Long.SIZE - bucketsShift);
    }

    /** The link to the first slot of a bucket, or {@link #NONE}. */
    int head(int bucket) {
        return heads[bucket];
    }

    /** Where a link leads. */
    static int slot(int link) {
        return link >> 1;
    }

    /** Whether another slot follows the one where a link leads. */
    static boolean hasNext(int link) {
        return (link & 1) != 0;
    }

    /** The link from where a link leads to the slot after it, or {@link #NONE}. */
    int next(int link) {
        return next[slot(link)];
    }

    /** The substring of the code in a slot. */
    long substring(int slot) {
        return rows.bits(slot, firstBit, widthBits);
    }

    /** Bytes of memory, the codes themselves not counted. */
    public long bytes() {
        return ((long) heads.length + next.length) * Integer.BYTES;
    }

    private void link(int slot) {
        int bucket = bucket(substring(slot));
        next[slot] = heads[bucket];
        heads[bucket] = link(slot, next[slot]);
    }

    private static int link(int slot, int next) {
        return slot << 1 | (next == NONE ? 0 : 1);
    }

    /** Slot by slot, not chain by chain: the codes are then read in the order they lie in. */
    private void grow() {
        makeBuckets(bucketsShift + 1);
        for (int slot = 0; slot < next.length; slot++) {
            if (next[slot] != ABSENT) {
                link(slot);
            }
        }
    }

    private void makeBuckets(int shift) {
        bucketsShift = shift;
        heads = new int[1 << shift];
        Arrays.fill(heads, NONE);
    }
}
