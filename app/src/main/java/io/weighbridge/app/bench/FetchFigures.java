package io.weighbridge.app.bench;

import java.util.Arrays;

/**
 * How long uploads took from the moment all were there to their report.
 *
 * @param what which uploads, in what company
 * @param uploads how many
 */
public record FetchFigures(String what, int uploads, long medianNanos, long p95Nanos, long maxNanos) {

    static FetchFigures of(String what, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new FetchFigures(
                what, sorted.length, sorted[last / 2], sorted[(int) Math.ceil(0.95 * sorted.length) - 1], sorted[last]);
    }
}
