package io.weighbridge.hash.search;

import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * How codes of one algorithm find each other within a radius, exactly and each pair once. It is a constant of both sides: every rule below
 * depends on the pair, the plan and the mode of the roaming code alone, never on which code came first.
 *
 * <p>A code is cut into {@code substrings} parts at fixed positions. With radius r = mρ + a over m substrings, two codes within r bits
 * are within ρ bits in one of the first a + 1 substrings, or within ρ − 1 in one of the others (Norouzi, Punjani, Fleet: Fast Exact
 * Search in Hamming Space with Multi-Index Hashing, TPAMI 2014). The pair is reported at the first such position only.
 *
 * <p>Two roles. A <em>resident</em> code (protected model) is kept at one {@link Place} of a position. A <em>roaming</em> code (upload)
 * is taken to, and kept at, every place of that position where a resident neighbour may live. So a pair has at most one place per
 * position in common, and whichever comes there second finds the first.
 *
 * <p>A roaming code is searched for in one of the plan's {@link SearchMode modes}, chosen when it sets out and carried with it. A resident
 * code is kept for all of them. So however modes are chosen, each pair still meets and counts once: by the rule of the roaming code's mode.
 *
 * @param bits length of the codes
 * @param substrings number of positions, 1 to {@code bits}
 * @param radiusBits the largest distance that counts, inclusive, 0 to {@code bits}
 * @param prefixBits how many high bits of a substring choose its place, 0 to {@value #MAX_PREFIX_BITS}; {@link SearchMode#INDEX} only
 * @param modes those that roaming codes may choose from, at least one
 */
public record SubstringPlan(int bits, int substrings, int radiusBits, int prefixBits, Set<SearchMode> modes) {

    /** More prefix bits than this would make more places than partitions could ever use. */
    public static final int MAX_PREFIX_BITS = 16;

    /** With more substrings than this each look-up would find far too much. */
    private static final int MOST_SUBSTRINGS = 64;

    public SubstringPlan {
        require("bits", bits, 1, Integer.MAX_VALUE);
        require("substrings", substrings, 1, bits);
        require("radiusBits", radiusBits, 0, bits);
        require("prefixBits", prefixBits, 0, Math.min(MAX_PREFIX_BITS, bits / substrings));
        modes = Collections.unmodifiableSet(EnumSet.copyOf(modes));
        if (modes.contains(SearchMode.INDEX) && widestBits(bits, substrings) > Long.SIZE) {
            throw new IllegalArgumentException("substrings: expected at least " + ceilDiv(bits, Long.SIZE)
                    + " to index codes of " + bits + " bits, got " + substrings);
        }
        if (modes.size() > 1 && prefixBits > 0) {
            throw new IllegalArgumentException(
                    "prefixBits: expected 0 with several modes, whose places must be the same, got " + prefixBits);
        }
    }

    /** A plan with one mode. */
    public SubstringPlan(int bits, int substrings, int radiusBits, int prefixBits, SearchMode mode) {
        this(bits, substrings, radiusBits, prefixBits, EnumSet.of(mode));
    }

    /**
     * The number of substrings with which an index of uniform codes costs least.
     *
     * @param codes how many codes there will be
     */
    public static int bestSubstrings(int bits, int radiusBits, long codes) {
        int best = ceilDiv(bits, Long.SIZE);
        double least = Double.POSITIVE_INFINITY;
        for (int substrings = best; substrings <= Math.min(bits, MOST_SUBSTRINGS); substrings++) {
            var plan = new SubstringPlan(bits, substrings, radiusBits, 0, SearchMode.INDEX);
            double cost = plan.indexCost(plan.candidates(codes));
            if (cost < least) {
                least = cost;
                best = substrings;
            }
        }
        return best;
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
        return cut(code.word(word), offset + width > Long.SIZE ? code.word(word + 1) : 0, offset, width);
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

    /** Every place where a resident code is kept for a mode. In {@link SearchMode#SCAN}: the one of its id's share. */
    public List<Place> residentPlaces(SearchMode mode, PerceptualCode code, String id) {
        if (mode == SearchMode.SCAN) {
            return List.of(new Place(ShareHash.share(id, shares()), 0));
        }
        var places = new ArrayList<Place>();
        for (int position = 0; position < substrings; position++) {
            if (radiusBits(position) >= 0) {
                places.add(new Place(position, group(substring(code, position), position)));
            }
        }
        return places;
    }

    /** Every place where a resident neighbour of a roaming code may be. In {@link SearchMode#SCAN}: one at each position. */
    public List<Place> roamingPlaces(SearchMode mode, PerceptualCode code) {
        var places = new ArrayList<Place>();
        int positions = mode == SearchMode.SCAN ? shares() : substrings;
        for (int i = 0; i < positions; i++) {
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
     * Whether a pair within the radius, being kept at this position, is to be reported there.
     *
     * @param mode of the roaming code
     * @return true for exactly one of the positions where
     *     it meets: in {@link SearchMode#INDEX} the first whose substrings are within the position's radius, in {@link SearchMode#SCAN} the
     *     only one
     */
    public boolean isReportedAt(SearchMode mode, int position, PerceptualCode one, PerceptualCode other) {
        if (mode == SearchMode.SCAN) {
            return true;
        }
        int first = 0;
        while (first <= position && substringDistanceBits(one, other, first) > radiusBits(first)) {
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

    /**
     * The cost of a query by index, in words of 64 bits that a scan compares in that time.
     *
     * @param candidates how many codes it finds, as {@link #candidates} expects them or counted
     */
    public double indexCost(double candidates) {
        return SearchCost.index(lookups(), candidates);
    }

    /** Cost of a query by scan, in words of 64 bits. */
    public double scanCost(long codes) {
        return SearchCost.scan(bits, codes);
    }

    /** Up to 64 bits out of two words that follow each other, right-aligned. */
    static long cut(long word, long next, int offset, int width) {
        long aligned = word << offset;
        if (offset + width > Long.SIZE) {
            aligned |= next >>> (Long.SIZE - offset);
        }
        return aligned >>> (Long.SIZE - width);
    }

    /**
     * Whether looking up all that a neighbour's substring at a position may be costs more than comparing all codes that are kept there.
     *
     * @param codes how many
     */
    public boolean isScanCheaperAt(int position, long codes) {
        double lookups = Neighbours.count(widthBits(position), radiusBits(position));
        double candidates = Math.scalb(lookups * codes, -widthBits(position));
        return SearchCost.index(lookups, candidates) > SearchCost.rows(bits, codes);
    }

    /** To how many positions a scan deals the resident codes: those that the index uses too, so that each mode has the same places. */
    private int shares() {
        return modes.contains(SearchMode.INDEX) ? Math.min(substrings, radiusBits + 1) : substrings;
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
