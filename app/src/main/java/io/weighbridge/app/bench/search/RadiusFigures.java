package io.weighbridge.app.bench.search;

import io.weighbridge.hash.search.SearchMode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What searches within one radius cost. Times are nanoseconds of one thread for one query, the mean over all queries, the median of the rounds.
 *
 * @param pairs how many pairs of a query and a code are within the radius, by a plain loop
 * @param scanNanos a query alone
 * @param batchNanos a query of a batch of {@value SearchBenchmark#BATCH}
 * @param lookupNanos empty if there are too many look-ups to be worth a try
 * @param lookups a query, and so are the candidates
 * @param indexed share of the queries for which the choice took look-ups, 0 to 1
 * @param recall the least of all ways, 1 if all pairs were found
 */
public record RadiusFigures(
        int radiusBits,
        long pairs,
        long scanNanos,
        long batchNanos,
        OptionalLong lookupNanos,
        double lookups,
        double candidates,
        long chosenNanos,
        double indexed,
        double recall,
        Optional<FaissFigures> faiss,
        Optional<RocksDbFigures> rocksDb) {

    /** What was mostly chosen. */
    public SearchMode chosen() {
        return indexed >= .5 ? SearchMode.INDEX : SearchMode.SCAN;
    }

    /** How many times as long as the choice something takes. */
    public double speedup(long nanos) {
        return (double) nanos / chosenNanos;
    }

    RadiusFigures with(FaissFigures figures) {
        return with(Optional.of(figures), rocksDb);
    }

    RadiusFigures with(RocksDbFigures figures) {
        return with(faiss, Optional.of(figures));
    }

    private RadiusFigures with(Optional<FaissFigures> ofFaiss, Optional<RocksDbFigures> ofRocksDb) {
        return new RadiusFigures(
                radiusBits,
                pairs,
                scanNanos,
                batchNanos,
                lookupNanos,
                lookups,
                candidates,
                chosenNanos,
                indexed,
                recall,
                ofFaiss,
                ofRocksDb);
    }
}
