package io.weighbridge.hash.search;

/**
 * What the ways of searching cost, in words of 64 bits that a scan compares in the same time. Measured by {@code weighbridge bench search}, whose
 * figures are in docs/benchmarks.md; only speed depends on them, never a result.
 */
final class SearchCost {

    /** One look-up in a table: a random read. */
    static final double LOOKUP = 60;

    /** One code found by a look-up and compared: two random reads. */
    static final double CANDIDATE = 200;

    /** One word of a code compared row by row. */
    private static final double ROW_WORD = 2.5;

    private SearchCost() {}

    static double index(double lookups, double candidates) {
        return lookups * LOOKUP + candidates * CANDIDATE;
    }

    static double rows(int bits, double codes) {
        return ROW_WORD * scan(bits, codes);
    }

    static double scan(int bits, double codes) {
        return codes * bits / Long.SIZE;
    }
}
