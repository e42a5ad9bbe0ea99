package io.weighbridge.app.bench.search;

import io.weighbridge.app.bench.Contender;
import io.weighbridge.app.bench.Timing;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.CodeBlocks;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringIndex;
import io.weighbridge.hash.search.SubstringPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Times the ways of searching one set of codes on one thread, and compares what they find with a plain loop. */
public final class SearchBenchmark {

    /** Queries in a batch. */
    public static final int BATCH = 16;

    /** Look-ups are left out if they are expected to cost more than this many scans. */
    private static final double MOST_SCANS = 8;

    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final CodeSet codes;
    private final int substrings;
    private final int rounds;
    private final List<PerceptualCode> queries;
    private final SubstringIndex index;
    private int indexed;
    private long lookups;
    private long candidates;

    private SearchBenchmark(CodeSet codes, int substrings, int queries, int rounds) {
        this.codes = codes;
        this.substrings = substrings;
        this.rounds = rounds;
        this.queries = codes.queries(queries);
        index = new SubstringIndex(CodeSet.ALGORITHM, codes.bits(), substrings);
    }

    /**
     * Measures one radius after the other.
     *
     * @param substrings number of tables
     * @param radiiBits at least one
     * @param queries how many for each radius
     * @param rounds that count, 1 or more
     * @throws IllegalStateException if a search finds what a plain loop does not
     */
    public static SearchFigures run(CodeSet codes, int substrings, List<Integer> radiiBits, int queries, int rounds)
            throws IOException {
        return new SearchBenchmark(codes, substrings, queries, rounds).run(radiiBits);
    }

    private SearchFigures run(List<Integer> radiiBits) throws IOException {
        long buildNanos = build();
        double bandwidth = bandwidth();
        var truth = Pairs.byPlainLoop(codes, queries, Collections.max(radiiBits));
        var figures = new ArrayList<RadiusFigures>();
        for (int radiusBits : radiiBits) {
            figures.add(measure(radiusBits, truth.within(radiusBits)));
        }
        return new SearchFigures(
                codes,
                substrings,
                queries.size(),
                rounds,
                bandwidth,
                buildNanos,
                index.scanBytes(),
                index.rowBytes(),
                index.tableBytes(),
                figures);
    }

    /** Making the codes is not counted. */
    private long build() {
        var some = new ArrayList<PerceptualCode>();
        long nanos = 0;
        for (int number = 0; number < codes.size(); number++) {
            some.add(codes.code(number));
            if (some.size() == 4096 || number == codes.size() - 1) {
                long start = System.nanoTime();
                some.forEach(index::add);
                nanos += System.nanoTime() - start;
                some.clear();
            }
        }
        return nanos;
    }

    private double bandwidth() throws IOException {
        var memory = new ReadBandwidth();
        var timing = Timing.of(List.of(Contender.of("read", memory::read)), Math.max(rounds, 5), WARM_UP);
        return ReadBandwidth.BYTES * 1e9 / timing.get(0).medianNanos();
    }

    private RadiusFigures measure(int radiusBits, Pairs truth) throws IOException {
        var plan = new SubstringPlan(codes.bits(), substrings, radiusBits, 0, SearchMode.INDEX);
        boolean looksUp = plan.indexCost(plan.candidates(codes.size())) < MOST_SCANS * plan.scanCost(codes.size());
        double recall = looksUp ? truth.recall(lookUp(radiusBits), "look-ups, radius " + radiusBits) : 1;
        recall = Math.min(recall, truth.recall(scan(radiusBits), "scan, radius " + radiusBits));
        recall = Math.min(recall, truth.recall(scanBatch(radiusBits), "batch, radius " + radiusBits));
        recall = Math.min(recall, truth.recall(choose(radiusBits), "choice, radius " + radiusBits));

        var contenders = new ArrayList<Contender>();
        contenders.add(Contender.of("scan", () -> scan(radiusBits)));
        contenders.add(Contender.of("batch", () -> scanBatch(radiusBits)));
        contenders.add(Contender.of("choice", () -> choose(radiusBits)));
        if (looksUp) {
            contenders.add(Contender.of("look-ups", () -> lookUp(radiusBits)));
        }
        var nanos = Timing.of(contenders, rounds, WARM_UP).stream()
                .mapToLong(timing -> timing.medianNanos() / queries.size())
                .toArray();
        return new RadiusFigures(
                radiusBits,
                truth.size(),
                nanos[0],
                nanos[1],
                looksUp ? OptionalLong.of(nanos[3]) : OptionalLong.empty(),
                looksUp ? (double) lookups / queries.size() : plan.lookups(),
                looksUp ? (double) candidates / queries.size() : plan.candidates(codes.size()),
                nanos[2],
                (double) indexed / queries.size(),
                recall,
                Optional.empty(),
                Optional.empty());
    }

    private Pairs scan(int radiusBits) {
        var found = new Pairs();
        for (int query = 0; query < queries.size(); query++) {
            index.scan(List.of(queries.get(query)), radiusBits, hits(query, found));
        }
        return found;
    }

    private Pairs scanBatch(int radiusBits) {
        var found = new Pairs();
        for (int query = 0; query < queries.size(); query += BATCH) {
            var batch = queries.subList(query, Math.min(query + BATCH, queries.size()));
            index.scan(batch, radiusBits, hits(query, found));
        }
        return found;
    }

    private Pairs choose(int radiusBits) {
        var found = new Pairs();
        indexed = 0;
        for (int query = 0; query < queries.size(); query++) {
            var came = index.search(queries.get(query), radiusBits, hits(query, found));
            indexed += came.mode() == SearchMode.INDEX ? 1 : 0;
        }
        return found;
    }

    private Pairs lookUp(int radiusBits) {
        var found = new Pairs();
        lookups = 0;
        candidates = 0;
        for (int query = 0; query < queries.size(); query++) {
            var came = index.lookUp(queries.get(query), radiusBits, hits(query, found));
            lookups += came.lookups();
            candidates += came.candidates();
        }
        return found;
    }

    private static CodeBlocks.Hits hits(int first, Pairs found) {
        return (query, number, distanceBits) -> found.add(first + query, number, distanceBits);
    }
}
