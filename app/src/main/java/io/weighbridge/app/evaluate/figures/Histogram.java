package io.weighbridge.app.evaluate.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * How distances are spread.
 *
 * @param name the change that made the copies, or {@code strangers}
 * @param counts pairs by distance: bin i holds the shares of the bits from i % to below i + 1 %
 */
public record Histogram(String name, List<Integer> counts) {

    static final int BINS = 64;

    public Histogram {
        counts = List.copyOf(counts);
    }

    static Histogram of(String name, int[] which, PairScores scores) {
        var counts = new int[BINS];
        for (int i : which) {
            counts[Math.min(BINS - 1, (int) (100 * scores.share(i)))]++;
        }
        var list = new ArrayList<Integer>();
        for (int count : counts) {
            list.add(count);
        }
        return new Histogram(name, list);
    }

    /** All pairs. */
    public int total() {
        return counts.stream().mapToInt(Integer::intValue).sum();
    }
}
