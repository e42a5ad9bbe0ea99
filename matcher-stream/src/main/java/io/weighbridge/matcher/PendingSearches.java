package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.matcher.store.Identity;
import io.weighbridge.matcher.store.PendingSearch;
import io.weighbridge.matcher.store.RegionKey;
import io.weighbridge.matcher.store.SearchNotes;
import io.weighbridge.matcher.store.SubstringStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Searches that entries have started and that are not done, by region. Durable in the store: after a restart they go on.
 *
 * <p>They wait so that several can share a pass over the codes, and so that those of protected models, which look through all uploads of
 * the retention, do not keep live ones waiting.
 */
final class PendingSearches {

    private final SubstringStore store;
    private final Map<RegionKey, Deque<Query>> byRegion = new LinkedHashMap<>();

    /** A code in search of the other side's codes at its place. */
    record Query(RegionKey region, Identity identity, PerceptualCode code, PendingSearch search) {}

    /** Takes up what is noted in the store. */
    PendingSearches(SubstringStore store) {
        this.store = store;
        var noted = store.notes().pending();
        noted.sort(Comparator.comparingLong(pending -> pending.search().arrival()));
        for (var pending : noted) {
            var region = store.region(pending.region());
            var code = region.code(region.slot(pending.identity()));
            put(new Query(pending.region(), pending.identity(), code, pending.search()));
        }
    }

    /** Starts one. */
    void start(RegionKey region, Identity identity, PerceptualCode code, long arrival) {
        var search = PendingSearch.starting(arrival);
        store.notes().putPending(new SearchNotes.Pending(region, identity, search));
        put(new Query(region, identity, code, search));
    }

    /** The regions of a side whose entries have searches to be done. */
    List<RegionKey> regions(CodeSide side) {
        return byRegion.keySet().stream().filter(key -> key.side() == side).toList();
    }

    /** Takes the first searches that wait in one of {@link #regions}, as many as are at the same slot, but not more than {@code most}. */
    List<Query> take(RegionKey region, int most) {
        var waiting = byRegion.get(region);
        int slot = waiting.getFirst().search().nextSlot();
        var taken = new ArrayList<Query>();
        while (taken.size() < most
                && !waiting.isEmpty()
                && waiting.getFirst().search().nextSlot() == slot) {
            taken.add(waiting.removeFirst());
        }
        if (waiting.isEmpty()) {
            byRegion.remove(region);
        }
        return taken;
    }

    /** Notes that one is done. */
    void finish(Query query) {
        store.notes().removePending(query.region(), query.identity());
    }

    /** Puts one back that is not done, with how far it is. */
    void goOn(Query query) {
        store.notes().putPending(new SearchNotes.Pending(query.region(), query.identity(), query.search()));
        put(query);
    }

    int size() {
        return byRegion.values().stream().mapToInt(Deque::size).sum();
    }

    private void put(Query query) {
        byRegion.computeIfAbsent(query.region(), key -> new ArrayDeque<>()).add(query);
    }
}
