package io.weighbridge.matcher;

import io.weighbridge.matcher.store.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps the nearest of what a search finds, each model once, in bounded memory. */
final class NearestModels {

    private static final Comparator<Near> ORDER =
            Comparator.comparingInt(Near::distanceBits).thenComparing(Near::identity);

    private final int most;
    private final PriorityQueue<Near> farthestFirst = new PriorityQueue<>(ORDER.reversed());
    private final Map<Identity, Near> kept = new HashMap<>();
    private long found;

    /** @param most how many to keep */
    NearestModels(int most) {
        this.most = most;
    }

    record Near(Identity identity, int distanceBits) {}

    /** An entry that was moved while the search went on may be handed over twice. */
    void add(Identity identity, int distanceBits) {
        if (kept.containsKey(identity)) {
            return;
        }
        found++;
        var near = new Near(identity, distanceBits);
        farthestFirst.add(near);
        kept.put(identity, near);
        if (farthestFirst.size() > most) {
            kept.remove(farthestFirst.remove().identity());
        }
    }

    /** How many were added, those too that are not kept. */
    long found() {
        return found;
    }

    /** Those that are kept, nearest first. */
    List<Near> nearestFirst() {
        var sorted = new ArrayList<>(farthestFirst);
        sorted.sort(ORDER);
        return sorted;
    }
}
