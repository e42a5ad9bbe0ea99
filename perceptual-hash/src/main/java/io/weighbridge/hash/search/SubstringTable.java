package io.weighbridge.hash.search;

import java.util.Arrays;

/**
 * Which codes have a given substring at one position: chains through the slots of {@link CodeRows}, in primitive arrays.
 *
 * <p>A bucket is the substring itself while there are no more buckets than substrings, and a hash of it otherwise. About 8 to 13 bytes a
 * code. Not thread-safe.
 */
public final class SubstringTable {

    /** Ends a chain. */
    static final int NONE = -1;

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

    /** Takes in the code of a slot. */
    public void add(int slot) {
        if (size >= heads.length && bucketsShift < Math.min(widthBits, MAX_BUCKETS_SHIFT)) {
            grow();
        }
        if (slot >= next.length) {
            next = Arrays.copyOf(next, Math.max(slot + 1, next.length + next.length / 4));
        }
        link(slot);
        size++;
    }

    /** Leaves out the code of a slot, which must still be in its row. */
    public void remove(int slot) {
        int bucket = bucket(substring(slot));
        if (heads[bucket] == slot) {
            heads[bucket] = next[slot];
        } else {
            int before = heads[bucket];
            while (before != NONE && next[before] != slot) {
                before = next[before];
            }
            if (before == NONE) {
                throw new IllegalArgumentException("slot " + slot + " is not in the table");
            }
            next[before] = next[slot];
        }
        next[slot] = NONE;
        size--;
    }

    /** Where the codes with a substring are. */
    int bucket(long substring) {
        return bucketsShift == widthBits ? (int) substring : (int) (substring * GOLDEN >>> Long.SIZE - bucketsShift);
    }

    /** The first slot of a bucket, or {@link #NONE}. */
    int head(int bucket) {
        return heads[bucket];
    }

    /** The slot after another in its bucket, or {@link #NONE}. */
    int next(int slot) {
        return next[slot];
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
        heads[bucket] = slot;
    }

    private void grow() {
        var chains = heads;
        makeBuckets(bucketsShift + 1);
        for (int head : chains) {
            int slot = head;
            while (slot != NONE) {
                int after = next[slot];
                link(slot);
                slot = after;
            }
        }
    }

    private void makeBuckets(int shift) {
        bucketsShift = shift;
        heads = new int[1 << shift];
        Arrays.fill(heads, NONE);
    }
}
