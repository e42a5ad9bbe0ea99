package io.weighbridge.hash.search;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.Arrays;
import java.util.List;

/**
 * Codes of one length, laid out to be compared with queries one after the other, as fast as memory allows.
 *
 * <p>Column by column in blocks of {@value #BLOCK} codes: column c of a block holds bits 32c to 32c + 31 of each of its codes. So the inner
 * loops run over plain arrays of {@code int}, which the JIT compiler turns into vector population counts, and a block, once it is in the
 * cache, serves all queries of a batch. When no code of a block can be near enough any more, the block's remaining columns are not read.
 *
 * <p>Which slots are in use is the caller's business, see {@link SlotAllocator}. Not thread-safe.
 */
public final class CodeBlocks {

    /** Codes in a block: a column is 8 KiB, so that two of them and the distances stay in the first-level cache. */
    public static final int BLOCK = 2048;

    private static final int COLUMN_BITS = Integer.SIZE;

    private final int bits;
    private final int columns;
    private int[][][] blocks = {};

    /** @param bits length of the codes, a multiple of 64 */
    public CodeBlocks(int bits) {
        if (bits < Long.SIZE || bits % Long.SIZE != 0) {
            throw new IllegalArgumentException("bits: expected a multiple of 64, got " + bits);
        }
        this.bits = bits;
        columns = bits / COLUMN_BITS;
    }

    /** Puts a code into a slot, in place of what was there. */
    public void put(int slot, PerceptualCode code) {
        requireBits(code);
        if (slot / BLOCK >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(slot / BLOCK + 1, blocks.length + blocks.length / 4));
        }
        var block = blocks[slot / BLOCK];
        if (block == null) {
            block = new int[columns][BLOCK];
            blocks[slot / BLOCK] = block;
        }
        for (int column = 0; column < columns; column++) {
            block[column][slot % BLOCK] = column(code, column);
        }
    }

    /** The code in a slot. */
    public PerceptualCode code(int slot, AlgorithmId algorithm) {
        var block = blocks[slot / BLOCK];
        var words = new long[columns / 2];
        for (int word = 0; word < words.length; word++) {
            words[word] = (long) block[2 * word][slot % BLOCK] << COLUMN_BITS
                    | Integer.toUnsignedLong(block[2 * word + 1][slot % BLOCK]);
        }
        return PerceptualCode.of(algorithm, words);
    }

    /** Bytes of memory that are taken for the codes. */
    public long bytes() {
        long used = Arrays.stream(blocks).filter(block -> block != null).count();
        return used * bits / Byte.SIZE * BLOCK;
    }

    /**
     * Visits every slot within the radius of a query, for several queries in one pass. Slots that were never filled, or whose code is not
     * wanted any more, are visited like others: the caller knows which are in use.
     *
     * @param queries at least one; a visitor is told the index of the query
     * @param radiusBits inclusive, from 0
     * @param from first slot; rounded down to a block
     * @param to end of the slots, exclusive; rounded up to a block
     */
    public void scan(List<PerceptualCode> queries, int radiusBits, int from, int to, Hits hits) {
        var columnsOf = new int[queries.size()][];
        for (int query = 0; query < columnsOf.length; query++) {
            requireBits(queries.get(query));
            columnsOf[query] = columns(queries.get(query));
        }
        int firstCheck = firstCheck(radiusBits);
        int end = (int) Math.min(((long) to + BLOCK - 1) / BLOCK, blocks.length);
        var distances = new int[BLOCK];
        for (int block = from / BLOCK; block < end; block++) {
            for (int query = 0; query < columnsOf.length; query++) {
                if (blocks[block] != null
                        && isNear(blocks[block], columnsOf[query], radiusBits, firstCheck, distances)) {
                    visit(query, block, radiusBits, distances, hits);
                }
            }
        }
    }

    private void visit(int query, int block, int radiusBits, int[] distances, Hits hits) {
        for (int i = 0; i < BLOCK; i++) {
            int slot = block * BLOCK + i;
            if (distances[i] <= radiusBits) {
                hits.visit(query, slot, distances[i]);
            }
        }
    }

    /** Fills in the distances, unless it turns out before the last column that all exceed the radius. */
    private boolean isNear(int[][] block, int[] query, int radiusBits, int firstCheck, int[] distances) {
        int column = columns % 4;
        if (column == 2) {
            BlockDistances.set(distances, block[0], block[1], query[0], query[1]);
        } else {
            BlockDistances.set(
                    distances, block[0], block[1], block[2], block[3], query[0], query[1], query[2], query[3]);
            column = 4;
        }
        for (; column < columns; column += 4) {
            if (column >= firstCheck && !BlockDistances.isAnyWithin(distances, radiusBits)) {
                return false;
            }
            BlockDistances.add(
                    distances,
                    block[column],
                    block[column + 1],
                    block[column + 2],
                    block[column + 3],
                    query[column],
                    query[column + 1],
                    query[column + 2],
                    query[column + 3]);
        }
        return BlockDistances.isAnyWithin(distances, radiusBits);
    }

    /** After so many columns the nearest of a block of uniform codes, about four standard deviations below the mean, is beyond the radius. */
    private int firstCheck(int radiusBits) {
        int column = 4;
        while (column < columns) {
            double bitsSeen = (double) column * COLUMN_BITS;
            if (bitsSeen / 2 - 2 * Math.sqrt(bitsSeen) > radiusBits) {
                return column;
            }
            column += 2;
        }
        return columns;
    }

    private int[] columns(PerceptualCode code) {
        var result = new int[columns];
        for (int column = 0; column < columns; column++) {
            result[column] = column(code, column);
        }
        return result;
    }

    private static int column(PerceptualCode code, int column) {
        long word = code.word(column / 2);
        return (int) (column % 2 == 0 ? word >>> COLUMN_BITS : word);
    }

    private void requireBits(PerceptualCode code) {
        if (code.bits() != bits) {
            throw new IllegalArgumentException("code: expected " + bits + " bits, got " + code.bits());
        }
    }

    /** Takes what a scan finds. */
    @FunctionalInterface
    public interface Hits {
        /**
         * A code within the radius.
         *
         * @param query index of the query
         * @param slot of the code
         */
        void visit(int query, int slot, int distanceBits);
    }
}
