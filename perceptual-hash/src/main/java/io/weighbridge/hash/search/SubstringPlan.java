package io.weighbridge.hash.search;

import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How codes of one algorithm find each other within a radius, exactly and each pair once. It is a constant of both sides: every rule below
 * depends on the pair and on this plan alone, never on which code came first.
 *
 * <p>A code is cut into {@code substrings} parts at fixed positions. With radius r = mρ + a over m substrings, two codes within r bits
 * are within ρ bits in one of the first a + 1 substrings, or within ρ − 1 in one of the others (Norouzi, Punjani, Fleet: Fast Exact
 * Search in Hamming Space with Multi-Index Hashing, TPAMI 2014). The pair is reported at the first such position only.
 *
 * <p>Two roles. A <em>resident</em> code (protected model) is kept at one {@link Place} of a position. A <em>roaming</em> code (upload)
 * is taken to, and kept at, every place of that position where a resident neighbour may live. So a pair has at most one place per
 * position in common, and whichever comes there second finds the first.
 *
 * @param bits length of the codes
 * @param substrings number of positions, 1 to {@code bits}
 * @param radiusBits the largest distance that counts, inclusive, 0 to {@code bits}
 * @param prefixBits how many high bits of a substring choose its place, 0 to {@value #MAX_PREFIX_BITS}; {@link SearchMode#INDEX} only
 */
public record SubstringPlan(int bits, int substrings, int radiusBits, int prefixBits, SearchMode mode) {

    /** More prefix bits than this would make more places than partitions could ever use. */
    public static final int MAX_PREFIX_BITS = 16;

    /** What one look-up in RocksDB costs, in codes that a scan of it compares in that time; measured in docs/adr/0007-similarity-join.md. */
    static final double LOOKUP_COST = 16;

    public SubstringPlan {
        require("bits", bits, 1, Integer.MAX_VALUE);
        require("substrings", substrings, 1, bits);
        require("radiusBits", radiusBits, 0, bits);
        require("prefixBits", prefixBits, 0, Math.min(MAX_PREFIX_BITS, bits / substrings));
        if (mode == SearchMode.INDEX && widestBits(bits, substrings) > Long.SIZE) {
            throw new IllegalArgumentException("substrings: expected at least " + ceilDiv(bits, Long.SIZE)
                    + " to index codes of " + bits + " bits, got " + substrings);
        }
    }

    /** The plan whose mode is cheaper when about {@code codes} codes are kept. */
    public static SubstringPlan cheapest(int bits, int substrings, int radiusBits, int prefixBits, long codes) {
        var scan = new SubstringPlan(bits, substrings, radiusBits, prefixBits, SearchMode.SCAN);
        if (widestBits(bits, substrings) > Long.SIZE || scan.indexCost(codes) >= scan.scanCost(codes)) {
            return scan;
        }
        return new SubstringPlan(bits, substrings, radiusBits, prefixBits, SearchMode.INDEX);
    }

    /** Index of the position's first bit in the code. The first {@code bits % substrings} substrings are one bit wider. */
    public int firstBit(int position) {
        return position * (bits / substrings) + Math.min(position, bits % substrings);
    }

    /** Width of the position's substring. */
    public int widthBits(int position) {
        return firstBit(position + 1) - firstBit(position);
    }

    /** The distance, inclusive, within which substrings at this position are neighbours; −1 if the position is not used at all. */
    public int radiusBits(int position) {
        int whole = radiusBits / substrings;
        int radius = position <= radiusBits % substrings ? whole : whole - 1;
        return Math.min(radius, widthBits(position));
    }

    /** The bits of a code at a position, right-aligned. Positions of at most 64 bits only. */
    public long substring(PerceptualCode code, int position) {
        int first = firstBit(position);
        int width = widthBits(position);
        int word = first / Long.SIZE;
        int offset = first % Long.SIZE;
        long aligned = code.word(word) << offset;
        if (offset + width > Long.SIZE) {
            aligned |= code.word(word + 1) >>> (Long.SIZE - offset);
        }
        return aligned >>> (Long.SIZE - width);
    }

    /** In how many bits two codes differ at a position of any width. */
    public int substringDistanceBits(PerceptualCode one, PerceptualCode other, int position) {
        int from = firstBit(position);
        int to = firstBit(position + 1);
        int distance = 0;
        for (int word = from / Long.SIZE; word <= (to - 1) / Long.SIZE; word++) {
            long different = one.word(word) ^ other.word(word);
            int skip = Math.max(0, from - word * Long.SIZE);
            int drop = Math.max(0, (word + 1) * Long.SIZE - to);
            distance += Long.bitCount(different << skip >>> skip >>> drop << drop);
        }
        return distance;
    }

    /** Every place where a resident code is kept. In {@link SearchMode#SCAN}: the one of its id's share. */
    public List<Place> residentPlaces(PerceptualCode code, String id) {
        if (mode == SearchMode.SCAN) {
            return List.of(new Place(ShareHash.share(id, substrings), 0));
        }
        var places = new ArrayList<Place>();
        for (int position = 0; position < substrings; position++) {
            if (radiusBits(position) >= 0) {
                places.add(new Place(position, group(substring(code, position), position)));
            }
        }
        return places;
    }

    /** Every place where a resident neighbour of a roaming code may be. In {@link SearchMode#SCAN}: all. */
    public List<Place> roamingPlaces(PerceptualCode code) {
        var places = new ArrayList<Place>();
        for (int i = 0; i < substrings; i++) {
            int position = i;
            if (mode == SearchMode.SCAN) {
                places.add(new Place(position, 0));
            } else {
                Neighbours.forEachNeighbour(
                        group(substring(code, position), position),
                        prefixBits,
                        radiusBits(position),
                        group -> places.add(new Place(position, group)));
            }
        }
        return places;
    }

    /** Visits the substrings that a resident neighbour of a roaming code may have at this place. {@link SearchMode#INDEX} only. */
    public void forEachResidentSubstring(Place place, PerceptualCode roaming, LongConsumer visit) {
        int lowBits = widthBits(place.position()) - prefixBits;
        long substring = substring(roaming, place.position());
        int highFlips = Long.bitCount(group(substring, place.position()) ^ place.group());
        long start = prefixBits == 0 ? substring : place.group() << lowBits | substring & (1L << lowBits) - 1;
        Neighbours.forEachNeighbour(start, lowBits, radiusBits(place.position()) - highFlips, visit);
    }

    /** Visits the substrings that a roaming neighbour of a resident code may have at this place. {@link SearchMode#INDEX} only. */
    public void forEachRoamingSubstring(Place place, PerceptualCode resident, LongConsumer visit) {
        int position = place.position();
        Neighbours.forEachNeighbour(substring(resident, position), widthBits(position), radiusBits(position), visit);
    }

    /**
     * Whether a pair within the radius, having met at this position, is to be reported there. True for exactly one of the positions where
     * it meets: in {@link SearchMode#INDEX} the first whose substrings are within the position's radius, in {@link SearchMode#SCAN} the
     * only one.
     */
    public boolean isReportedAt(int position, PerceptualCode one, PerceptualCode other) {
        if (mode == SearchMode.SCAN) {
            return true;
        }
        int first = 0;
        while (first < position && substringDistanceBits(one, other, first) > radiusBits(first)) {
            first++;
        }
        return first == position;
    }

    /** How many substrings one code looks up in an index, over all positions. */
    public double lookups() {
        double lookups = 0;
        for (int position = 0; position < substrings; position++) {
            lookups += Neighbours.count(widthBits(position), radiusBits(position));
        }
        return lookups;
    }

    /** How many of {@code codes} uniform codes those look-ups find, over all positions, a code found twice counted twice. */
    public double candidates(long codes) {
        double candidates = 0;
        for (int position = 0; position < substrings; position++) {
            int width = widthBits(position);
            candidates += Math.scalb(Neighbours.count(width, radiusBits(position)) * codes, -width);
        }
        return candidates;
    }

    /** Expected cost of a query by index, in compared codes. */
    public double indexCost(long codes) {
        return LOOKUP_COST * lookups() + candidates(codes);
    }

    /** Cost of a query by scan, in compared codes. */
    public double scanCost(long codes) {
        return codes;
    }

    private long group(long substring, int position) {
        return prefixBits == 0 ? 0 : substring >>> (widthBits(position) - prefixBits);
    }

    private static int widestBits(int bits, int substrings) {
        return ceilDiv(bits, substrings);
    }

    private static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + most + ", got " + value);
        }
    }
}
