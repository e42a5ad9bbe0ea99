package io.weighbridge.matcher.store;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.CodeRows;
import io.weighbridge.hash.search.LookupBatch;
import io.weighbridge.hash.search.SubstringTable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Codes that are found by their substring at one position. */
public final class IndexRegion extends Region {

    private final CodeRows rows;
    private final SubstringTable table;

    /** @param widthBits of the position's substring, 1 to 64 */
    IndexRegion(AlgorithmId algorithm, CodeSide side, int bits, int firstBit, int widthBits) {
        super(algorithm, side);
        rows = new CodeRows(bits);
        table = new SubstringTable(rows, firstBit, widthBits);
    }

    /**
     * Visits the codes within the radius that have one of some substrings.
     *
     * @param substrings hands them over, each once
     * @return how many codes were compared
     */
    public long lookUp(PerceptualCode query, int radiusBits, Consumer<LongConsumer> substrings, Hits hits) {
        var lookup = new Lookup(rows.words(query), radiusBits, hits);
        substrings.accept(lookup::add);
        lookup.run();
        return lookup.candidates;
    }

    @Override
    public PerceptualCode code(int slot) {
        return rows.code(slot, algorithm());
    }

    @Override
    public void scan(List<PerceptualCode> queries, int radiusBits, int from, int to, Hits hits) {
        for (int i = 0; i < queries.size(); i++) {
            int query = i;
            rows.scan(queries.get(query), radiusBits, from, Math.min(to, limit()), (slot, distanceBits) -> {
                if (isTaken(slot)) {
                    hits.visit(query, slot, distanceBits);
                }
            });
        }
    }

    @Override
    long codeBytes() {
        return rows.bytes() + table.bytes();
    }

    @Override
    void putCode(int slot, PerceptualCode code) {
        rows.put(slot, code);
        table.add(slot);
    }

    @Override
    void removeCode(int slot) {
        table.remove(slot);
    }

    /** One query's look-ups, batch by batch. */
    private final class Lookup {
        private final LookupBatch batch = new LookupBatch();
        private final long[] query;
        private final int radiusBits;
        private final Hits hits;
        private long candidates;

        Lookup(long[] query, int radiusBits, Hits hits) {
            this.query = query;
            this.radiusBits = radiusBits;
            this.hits = hits;
        }

        void add(long substring) {
            batch.add(substring);
            if (batch.isFull()) {
                run();
            }
        }

        void run() {
            candidates += batch.run(
                    table, rows, query, radiusBits, Long.MAX_VALUE, (slot, bits) -> hits.visit(0, slot, bits));
        }
    }
}
