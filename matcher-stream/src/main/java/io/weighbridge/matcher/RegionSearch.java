package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.Place;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.matcher.PendingSearches.Query;
import io.weighbridge.matcher.store.IndexRegion;
import io.weighbridge.matcher.store.Region;
import io.weighbridge.matcher.store.RegionKey;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Searches among the codes of one region, by the rule of its mode: visits exactly the pairs that are to be reported at this place. In a
 * region of substrings it looks up or compares all, whichever is cheaper; which, makes no difference to what is found.
 */
final class RegionSearch {

    /** There is no slot to go on from. */
    static final int DONE = -1;

    private final MatchRule rule;
    private final RegionKey key;
    private final Region region;
    private final Place place;

    RegionSearch(MatchRule rule, RegionKey key, Region region) {
        this.rule = rule;
        this.key = key;
        this.region = region;
        var parts = key.place().split("/");
        place = new Place(Integer.parseInt(parts[1]), Long.parseLong(parts[2], 16));
    }

    /**
     * For uploads, among protected codes.
     *
     * @return how many codes were compared
     */
    long roaming(List<Query> uploads, Region.Hits hits) {
        if (key.mode() == SearchMode.INDEX && !isScanCheaper()) {
            long candidates = 0;
            for (int i = 0; i < uploads.size(); i++) {
                var code = uploads.get(i).code();
                candidates += lookUp(i, code, visit -> rule.plan().forEachResidentSubstring(place, code, visit), hits);
            }
            return candidates;
        }
        scan(uploads, 0, region.limit(), hits);
        return (long) uploads.size() * region.size();
    }

    /**
     * For protected codes, among uploads in a part of the slots.
     *
     * @return whether all slots have been searched, since look-ups know no parts
     */
    boolean resident(List<Query> protectedCodes, int from, int to, Region.Hits hits) {
        if (key.mode() == SearchMode.INDEX && from == 0 && !isScanCheaper()) {
            for (int i = 0; i < protectedCodes.size(); i++) {
                var code = protectedCodes.get(i).code();
                lookUp(i, code, visit -> rule.plan().forEachRoamingSubstring(place, code, visit), hits);
            }
            return true;
        }
        scan(protectedCodes, from, to, hits);
        return false;
    }

    /**
     * For one code that is not an upload's, among protected codes: all at once where look-ups are cheaper, otherwise in a part of the slots.
     *
     * @param radiusBits inclusive; with {@link SearchMode#INDEX} at most the rule's threshold
     * @param from first slot
     * @param slots at most so many
     * @return the slot to go on from; {@link #DONE} if there is none
     */
    int some(PerceptualCode code, int radiusBits, int from, int slots, Region.Hits hits) {
        if (key.mode() == SearchMode.INDEX && !isScanCheaper()) {
            lookUp(0, code, visit -> rule.plan().forEachResidentSubstring(place, code, visit), (query, slot, bits) -> {
                if (bits <= radiusBits) {
                    hits.visit(query, slot, bits);
                }
            });
            return DONE;
        }
        int to = (int) Math.min((long) from + slots, region.limit());
        region.scan(List.of(code), radiusBits, from, to, (query, slot, bits) -> report(query, code, slot, bits, hits));
        return to < region.limit() ? to : DONE;
    }

    private boolean isScanCheaper() {
        return rule.plan().isScanCheaperAt(place.position(), region.size());
    }

    private long lookUp(int query, PerceptualCode code, Consumer<LongConsumer> substrings, Region.Hits hits) {
        return ((IndexRegion) region)
                .lookUp(
                        code,
                        rule.thresholdBits(),
                        substrings,
                        (one, slot, bits) -> report(query, code, slot, bits, hits));
    }

    private void scan(List<Query> queries, int from, int to, Region.Hits hits) {
        var codes = queries.stream().map(Query::code).toList();
        region.scan(
                codes,
                rule.thresholdBits(),
                from,
                to,
                (query, slot, bits) -> report(query, codes.get(query), slot, bits, hits));
    }

    private void report(int query, PerceptualCode code, int slot, int distanceBits, Region.Hits hits) {
        if (rule.plan().isReportedAt(key.mode(), place.position(), code, region.code(slot))) {
            hits.visit(query, slot, distanceBits);
        }
    }
}
