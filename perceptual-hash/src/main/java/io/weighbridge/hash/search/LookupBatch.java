package io.weighbridge.hash.search;

/**
 * Many look-ups in one table, step by step for all of them at once: the processor then waits for many reads of memory at a time, instead of
 * one after the other.
 */
public final class LookupBatch {

    private static final int CAPACITY = 512;

    private final long[] substrings = new long[CAPACITY];
    private final int[] buckets = new int[CAPACITY];
    private final int[] links = new int[CAPACITY];
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
        // Reads that miss the cache and branches that depend on them are kept in loops of their own: a wrong guess
        // waits for the read.
        for (int i = 0; i < size; i++) {
            links[i] = table.head(buckets[i]);
        }
        int filled = 0;
        for (int i = 0; i < size; i++) {
            links[filled] = links[i];
            substrings[filled] = substrings[i];
            filled += links[i] == SubstringTable.NONE ? 0 : 1;
        }
        clear();
        long candidates = 0;
        while (filled > 0 && candidates <= mostCandidates) {
            candidates += filled;
            compare(filled, table, rows, query, radiusBits, near);
            filled = follow(filled, table);
        }
        return candidates;
    }

    private void compare(int filled, SubstringTable table, CodeRows rows, long[] query, int radiusBits, Near near) {
        for (int i = 0; i < filled; i++) {
            distances[i] = rows.distanceBits(SubstringTable.slot(links[i]), query);
        }
        for (int i = 0; i < filled; i++) {
            int slot = SubstringTable.slot(links[i]);
            if (distances[i] <= radiusBits && table.substring(slot) == substrings[i]) {
                near.visit(slot, distances[i]);
            }
        }
    }

    /** Goes on to the next slot of each chain that has one, and tells how many there are. */
    private int follow(int filled, SubstringTable table) {
        int left = 0;
        for (int i = 0; i < filled; i++) {
            int link = links[i];
            links[left] = link;
            substrings[left] = substrings[i];
            left += SubstringTable.hasNext(link) ? 1 : 0;
        }
        for (int i = 0; i < left; i++) {
            links[i] = table.next(links[i]);
        }
        return left;
    }

    /** Takes a code within the radius. */
    @FunctionalInterface
    public interface Near {
        /** A code within the radius. */
        void visit(int slot, int distanceBits);
    }
}
