package io.weighbridge.hash.search;

/**
 * Many look-ups in one table, step by step for all of them at once: the processor then waits for many reads of memory at a time, instead of
 * one after the other.
 */
public final class LookupBatch {

    private static final int CAPACITY = 512;

    private final long[] substrings = new long[CAPACITY];
    private final int[] buckets = new int[CAPACITY];
    private final int[] slots = new int[CAPACITY];
    private final int[] after = new int[CAPACITY];
    private final int[] distances = new int[CAPACITY];
    private int size;

    /** Adds a substring to be looked up; not if the batch is full. */
    public void add(long substring) {
        substrings[size++] = substring;
    }

    /** Whether it must be run before more is added. */
    public boolean isFull() {
        return size == CAPACITY;
    }

    /** How many substrings wait. */
    public int size() {
        return size;
    }

    /** Forgets the substrings. */
    public void clear() {
        size = 0;
    }

    /**
     * Visits the codes within the radius that have one of the substrings, and forgets these.
     *
     * @param query the code's words
     * @param mostCandidates gives up, with codes not visited, once more than this have been compared
     * @return how many codes were compared
     */
    public long run(SubstringTable table, CodeRows rows, long[] query, int radiusBits, long mostCandidates, Near near) {
        for (int i = 0; i < size; i++) {
            buckets[i] = table.bucket(substrings[i]);
        }
        int filled = 0;
        for (int i = 0; i < size; i++) {
            int slot = table.head(buckets[i]);
            slots[filled] = slot;
            substrings[filled] = substrings[i];
            filled += slot == SubstringTable.NONE ? 0 : 1;
        }
        clear();
        long candidates = 0;
        while (filled > 0 && candidates <= mostCandidates) {
            candidates += filled;
            for (int i = 0; i < filled; i++) {
                after[i] = table.next(slots[i]);
            }
            for (int i = 0; i < filled; i++) {
                distances[i] = rows.distanceBits(slots[i], query);
            }
            int left = 0;
            for (int i = 0; i < filled; i++) {
                if (distances[i] <= radiusBits && table.substring(slots[i]) == substrings[i]) {
                    near.visit(slots[i], distances[i]);
                }
                slots[left] = after[i];
                substrings[left] = substrings[i];
                left += after[i] == SubstringTable.NONE ? 0 : 1;
            }
            filled = left;
        }
        return candidates;
    }

    /** Takes a code within the radius. */
    @FunctionalInterface
    public interface Near {
        /** A code within the radius. */
        void visit(int slot, int distanceBits);
    }
}
