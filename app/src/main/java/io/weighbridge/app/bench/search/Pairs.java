package io.weighbridge.app.bench.search;

import io.weighbridge.hash.PerceptualCode;
import java.util.Arrays;
import java.util.List;

/** Pairs of a query and a code with their distance, in no order. */
final class Pairs {

    private static final int NUMBER_BITS = 32;
    private static final int DISTANCE_BITS = 16;

    private long[] packed = new long[64];
    private int size;

    /** By a plain loop over all codes: the truth that searches are judged by. */
    static Pairs byPlainLoop(CodeSet codes, List<PerceptualCode> queries, int radiusBits) {
        var pairs = new Pairs();
        for (int number = 0; number < codes.size(); number++) {
            var code = codes.code(number);
            for (int query = 0; query < queries.size(); query++) {
                int distanceBits = queries.get(query).distanceBits(code);
                if (distanceBits <= radiusBits) {
                    pairs.add(query, number, distanceBits);
                }
            }
        }
        return pairs;
    }

    void add(int query, int number, int distanceBits) {
        if (size == packed.length) {
            packed = Arrays.copyOf(packed, 2 * size);
        }
        packed[size++] = ((long) query << NUMBER_BITS | number) << DISTANCE_BITS | distanceBits;
    }

    int size() {
        return size;
    }

    /** Those within a smaller radius. */
    Pairs within(int radiusBits) {
        var near = new Pairs();
        near.packed = Arrays.stream(packed, 0, size)
                .filter(pair -> (pair & (1L << DISTANCE_BITS) - 1) <= radiusBits)
                .toArray();
        near.size = near.packed.length;
        return near;
    }

    /**
     * What share of these was found; 1 if there are none.
     *
     * @throws IllegalStateException if something was found that is not among these, twice, or at another distance
     */
    double recall(Pairs found, String what) {
        long[] truth = Arrays.stream(packed, 0, size).sorted().toArray();
        long[] sorted = Arrays.stream(found.packed, 0, found.size).sorted().toArray();
        for (int i = 0; i < sorted.length; i++) {
            if (Arrays.binarySearch(truth, sorted[i]) < 0 || i > 0 && sorted[i] == sorted[i - 1]) {
                throw new IllegalStateException(what + ": found query " + (sorted[i] >>> NUMBER_BITS + DISTANCE_BITS)
                        + " with code " + (int) (sorted[i] >>> DISTANCE_BITS)
                        + ", which a plain loop does not, or found it twice");
            }
        }
        return truth.length == 0 ? 1 : (double) sorted.length / truth.length;
    }
}
