package io.weighbridge.app.feed;

import io.weighbridge.schemas.avro.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts of uploads, each counted once however often it is spoken of. Ids are remembered for the last {@value #REMEMBERED} uploads; the
 * counts themselves go on.
 */
final class Tally {

    private static final int REMEMBERED = 100_000;

    private final Map<String, Outcome> outcomes = new BoundedMap<>(REMEMBERED);
    private final Set<String> matched = Collections.newSetFromMap(new BoundedMap<>(REMEMBERED));
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private long received;
    private long matches;

    /** Notes that an upload exists. */
    void received(String id) {
        if (!outcomes.containsKey(id)) {
            outcomes.put(id, null);
            received++;
        }
    }

    /** Notes how its scan ended; a second outcome replaces the first. */
    void ended(String id, Outcome outcome) {
        received(id);
        var before = outcomes.put(id, outcome);
        if (before != null) {
            byOutcome.merge(before, -1L, Long::sum);
        }
        byOutcome.merge(outcome, 1L, Long::sum);
    }

    /** Notes that it is near a protected model. */
    void matched(String id) {
        received(id);
        if (matched.add(id)) {
            matches++;
        }
    }

    long received() {
        return received;
    }

    long matches() {
        return matches;
    }

    /** Ended uploads by outcome; outcomes that did not occur are 0. */
    Map<Outcome, Long> byOutcome() {
        var all = new EnumMap<Outcome, Long>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, byOutcome.getOrDefault(outcome, 0L));
        }
        return all;
    }
}
