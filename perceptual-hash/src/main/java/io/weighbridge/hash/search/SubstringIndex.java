package io.weighbridge.hash.search;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.Arrays;
import java.util.List;

/**
 * Exact search within a radius among codes of one algorithm in one process: multi-index hashing (Norouzi, Punjani, Fleet, TPAMI 2014), a scan,
 * or for each query the one that is cheaper. The same tables serve every radius. Not thread-safe.
 */
public final class SubstringIndex {

    /** Share of a scan's cost that a query may spend on look-ups before it is judged by what they find. */
    private static final double TRIAL_SHARE = .1;

    private final AlgorithmId algorithm;
    private final int bits;
    private final SlotAllocator slots = new SlotAllocator();
    private final CodeBlocks blocks;
    private final CodeRows rows;
    private final SubstringTable[] tables;
    private final LookupBatch batch = new LookupBatch();
    private SubstringPlan plan;

    /**
     * @param bits length of the codes, a multiple of 64
     * @param substrings number of tables; the substrings may be at most 64 bits wide
     */
    public SubstringIndex(AlgorithmId algorithm, int bits, int substrings) {
        this.algorithm = algorithm;
        this.bits = bits;
        blocks = new CodeBlocks(bits);
        rows = new CodeRows(bits);
        plan = plan(bits, substrings, 0);
        tables = new SubstringTable[substrings];
        Arrays.setAll(tables, position -> new SubstringTable(rows, plan.firstBit(position), plan.widthBits(position)));
    }

    /** Adds a code and gives its number, by which hits name it. */
    public int add(PerceptualCode code) {
        int slot = slots.take();
        rows.put(slot, code);
        blocks.put(slot, code);
        for (var table : tables) {
            table.add(slot);
        }
        return slot;
    }

    /** Removes a code by its number. */
    public void remove(int number) {
        slots.free(number);
        for (var table : tables) {
            table.remove(number);
        }
    }

    /** How many codes there are. */
    public int size() {
        return slots.count();
    }

    /** Bytes of the codes as a scan reads them. */
    public long scanBytes() {
        return blocks.bytes();
    }

    /** Bytes of the codes as look-ups read them. */
    public long rowBytes() {
        return rows.bytes();
    }

    /** Bytes of all tables. */
    public long tableBytes() {
        return Arrays.stream(tables).mapToLong(SubstringTable::bytes).sum();
    }

    /** What one search came to. */
    public record Found(SearchMode mode, long lookups, long candidates) {}

    /** Finds every code within the radius, the cheaper way. */
    public Found search(PerceptualCode query, int radiusBits, CodeBlocks.Hits hits) {
        var plan = plan(radiusBits);
        double scanCost = SearchCost.scan(bits, size());
        if (plan.indexCost(plan.candidates(size())) < scanCost) {
            var search = new IndexSearch(plan, query, scanCost);
            if (search.run()) {
                return search.emit(hits);
            }
        }
        return scan(List.of(query), radiusBits, hits);
    }

    /** Finds every code within the radius by look-ups. */
    public Found lookUp(PerceptualCode query, int radiusBits, CodeBlocks.Hits hits) {
        var search = new IndexSearch(plan(radiusBits), query, Double.POSITIVE_INFINITY);
        search.run();
        return search.emit(hits);
    }

    /** Finds every code within the radius of each of several queries by comparing all of them. */
    public Found scan(List<PerceptualCode> queries, int radiusBits, CodeBlocks.Hits hits) {
        blocks.scan(queries, radiusBits, 0, slots.limit(), (query, slot, distanceBits) -> {
            if (slots.isTaken(slot)) {
                hits.visit(query, slot, distanceBits);
            }
        });
        return new Found(SearchMode.SCAN, 0, (long) size() * queries.size());
    }

    /** Queries mostly come with one radius, and short ones take no longer than making their plan. */
    private SubstringPlan plan(int radiusBits) {
        if (plan.radiusBits() != radiusBits) {
            plan = plan(bits, tables.length, radiusBits);
        }
        return plan;
    }

    private static SubstringPlan plan(int bits, int substrings, int radiusBits) {
        return new SubstringPlan(bits, substrings, radiusBits, 0, SearchMode.INDEX);
    }

    /** One query by look-ups. Hits wait until it is sure that no scan takes over. */
    private final class IndexSearch {
        private final SubstringPlan plan;
        private final PerceptualCode query;
        private final long[] words;
        private final double budget;
        private int[] near = new int[16];
        private int[] distances = new int[16];
        private int found;
        private long lookups;
        private long candidates;
        private boolean isOverBudget;

        IndexSearch(SubstringPlan plan, PerceptualCode query, double budget) {
            this.plan = plan;
            this.query = query;
            this.budget = budget;
            words = rows.words(query);
        }

        /** False if what was found lets expect more cost than the budget. */
        boolean run() {
            for (int position = 0; position < tables.length; position++) {
                int at = position;
                Neighbours.forEachNeighbour(
                        plan.substring(query, at), plan.widthBits(at), plan.radiusBits(at), substring -> {
                            batch.add(substring);
                            if (batch.isFull()) {
                                flush(at);
                            }
                        });
                flush(at);
                if (isOverBudget) {
                    return false;
                }
            }
            return true;
        }

        private void flush(int position) {
            if (isOverBudget) {
                batch.clear();
                return;
            }
            lookups += batch.size();
            double share = Math.max(TRIAL_SHARE, lookups / plan.lookups());
            long most = (long) ((budget * share - SearchCost.index(lookups, candidates)) / SearchCost.CANDIDATE);
            long compared = batch.run(tables[position], rows, words, plan.radiusBits(), most, (slot, distanceBits) -> {
                if (plan.isReportedAt(SearchMode.INDEX, position, query, rows.code(slot, algorithm))) {
                    keep(slot, distanceBits);
                }
            });
            candidates += compared;
            isOverBudget = compared > most;
        }

        private void keep(int slot, int distanceBits) {
            if (found == near.length) {
                near = Arrays.copyOf(near, found * 2);
                distances = Arrays.copyOf(distances, found * 2);
            }
            near[found] = slot;
            distances[found++] = distanceBits;
        }

        Found emit(CodeBlocks.Hits hits) {
            for (int i = 0; i < found; i++) {
                hits.visit(0, near[i], distances[i]);
            }
            return new Found(SearchMode.INDEX, lookups, candidates);
        }
    }
}
