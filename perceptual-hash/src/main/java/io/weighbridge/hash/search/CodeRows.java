package io.weighbridge.hash.search;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.Arrays;

/**
 * Codes of one length, each in one piece, to be read one at a time in any order: a look-up touches one cache line for a code of 256 bits.
 *
 * <p>Which slots are in use is the caller's business, see {@link SlotAllocator}. Not thread-safe.
 */
public final class CodeRows {

    /** Rows in a page, so that adding never copies more than a page table. */
    private static final int PAGE_SHIFT = 14;

    private static final int PAGE = 1 << PAGE_SHIFT;

    private final int words;
    private long[][] pages = {};

    /** @param bits length of the codes, a multiple of 64 */
    public CodeRows(int bits) {
        if (bits < Long.SIZE || bits % Long.SIZE != 0) {
            throw new IllegalArgumentException("bits: expected a multiple of 64, got " + bits);
        }
        words = bits / Long.SIZE;
    }

    /** Puts a code into a slot, in place of what was there. */
    public void put(int slot, PerceptualCode code) {
        requireBits(code);
        int page = slot >>> PAGE_SHIFT;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, pages.length + pages.length / 2));
        }
        if (pages[page] == null) {
            pages[page] = new long[PAGE * words];
        }
        int at = (slot & PAGE - 1) * words;
        for (int word = 0; word < words; word++) {
            pages[page][at + word] = code.word(word);
        }
    }

    /** Bytes of memory that are taken for the codes. */
    public long bytes() {
        long used = Arrays.stream(pages).filter(page -> page != null).count();
        return used * PAGE * words * Long.BYTES;
    }

    /** The code in a slot. */
    public PerceptualCode code(int slot, AlgorithmId algorithm) {
        int at = (slot & PAGE - 1) * words;
        return PerceptualCode.of(algorithm, Arrays.copyOfRange(pages[slot >>> PAGE_SHIFT], at, at + words));
    }

    /** The distance between a query, as its words, and the code in a slot. */
    int distanceBits(int slot, long[] query) {
        var page = pages[slot >>> PAGE_SHIFT];
        int at = (slot & PAGE - 1) * words;
        if (words == 4) {
            return Long.bitCount(page[at] ^ query[0])
                    + Long.bitCount(page[at + 1] ^ query[1])
                    + Long.bitCount(page[at + 2] ^ query[2])
                    + Long.bitCount(page[at + 3] ^ query[3]);
        }
        int distance = 0;
        for (int word = 0; word < words; word++) {
            distance += Long.bitCount(page[at + word] ^ query[word]);
        }
        return distance;
    }

    /** Bits of the code in a slot, right-aligned; at most 64. */
    long bits(int slot, int firstBit, int widthBits) {
        var page = pages[slot >>> PAGE_SHIFT];
        int word = (slot & PAGE - 1) * words + firstBit / Long.SIZE;
        int offset = firstBit % Long.SIZE;
        long next = offset + widthBits > Long.SIZE ? page[word + 1] : 0;
        return SubstringPlan.cut(page[word], next, offset, widthBits);
    }

    /**
     * Visits every slot within the radius of a query by comparing one after the other, used or not.
     *
     * @param from first slot
     * @param to end of the slots, exclusive
     */
    public void scan(PerceptualCode query, int radiusBits, int from, int to, LookupBatch.Near near) {
        long[] queryWords = words(query);
        for (int slot = from; slot < to; slot++) {
            int distanceBits = pages[slot >>> PAGE_SHIFT] == null ? Integer.MAX_VALUE : distanceBits(slot, queryWords);
            if (distanceBits <= radiusBits) {
                near.visit(slot, distanceBits);
            }
        }
    }

    /** A query's words, as look-ups need them. */
    public long[] words(PerceptualCode code) {
        requireBits(code);
        var result = new long[words];
        Arrays.setAll(result, code::word);
        return result;
    }

    private void requireBits(PerceptualCode code) {
        if (code.bits() != words * Long.SIZE) {
            throw new IllegalArgumentException("code: expected " + words * Long.SIZE + " bits, got " + code.bits());
        }
    }
}
