package io.weighbridge.app.bench.search;

import io.weighbridge.app.bench.Contender;
import io.weighbridge.app.bench.Timing;
import io.weighbridge.hash.PerceptualCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Measures {@link RocksDbCodes} on the codes and radii that were measured in memory. */
public final class RocksDbPeer {

    /** A scan of a million codes takes a good part of a second. */
    private static final int MOST_QUERIES = 4;

    private static final int MOST_LOOKUPS = 20_000;
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    private RocksDbPeer() {}

    /** The figures with those of RocksDB. */
    public static SearchFigures measure(SearchFigures figures) throws IOException {
        var codes = figures.codes();
        var queries = codes.queries(Math.min(MOST_QUERIES, figures.queries()));
        Map<Integer, RocksDbFigures> measured = new HashMap<>();
        try (var rocks = RocksDbCodes.of(codes, figures.substrings())) {
            for (var radius : figures.radii()) {
                measured.put(radius.radiusBits(), measure(rocks, codes, queries, radius, figures.rounds()));
            }
        }
        return figures.withRocksDb(measured);
    }

    private static RocksDbFigures measure(
            RocksDbCodes rocks, CodeSet codes, List<PerceptualCode> queries, RadiusFigures radius, int rounds)
            throws IOException {
        int radiusBits = radius.radiusBits();
        boolean looksUp = radius.lookups() <= MOST_LOOKUPS;
        var truth = Pairs.byPlainLoop(codes, queries, radiusBits);
        double recall = truth.recall(scan(rocks, queries, radiusBits), "RocksDB scan, radius " + radiusBits);
        var contenders = new ArrayList<Contender>();
        contenders.add(Contender.of("scan", () -> scan(rocks, queries, radiusBits)));
        if (looksUp) {
            recall = Math.min(
                    recall, truth.recall(lookUp(rocks, queries, radiusBits), "RocksDB look-ups, radius " + radiusBits));
            contenders.add(Contender.of("look-ups", () -> lookUp(rocks, queries, radiusBits)));
        }
        var nanos = Timing.of(contenders, rounds, WARM_UP).stream()
                .mapToLong(timing -> timing.medianNanos() / queries.size())
                .toArray();
        return new RocksDbFigures(looksUp ? OptionalLong.of(nanos[1]) : OptionalLong.empty(), nanos[0], recall);
    }

    private static Pairs scan(RocksDbCodes rocks, List<PerceptualCode> queries, int radiusBits) {
        var found = new Pairs();
        for (int i = 0; i < queries.size(); i++) {
            int query = i;
            rocks.scan(queries.get(i), radiusBits, (one, number, bits) -> found.add(query, number, bits));
        }
        return found;
    }

    private static Pairs lookUp(RocksDbCodes rocks, List<PerceptualCode> queries, int radiusBits) {
        var found = new Pairs();
        for (int i = 0; i < queries.size(); i++) {
            int query = i;
            rocks.lookUp(queries.get(i), radiusBits, (one, number, bits) -> found.add(query, number, bits));
        }
        return found;
    }
}
