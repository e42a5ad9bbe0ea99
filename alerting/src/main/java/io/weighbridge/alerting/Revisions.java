package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The revisions of a case, oldest first, each once, and when each was uploaded. Lists the newest {@link Case#MAX_REVISIONS}.
 *
 * @param count those no longer listed included; a revision that matches again after it has left the list is counted again
 */
record Revisions(List<String> names, List<Instant> times, int count) {

    static Revisions of(InfringementCase known) {
        return new Revisions(known.getRevisions(), known.getRevisionTimes(), known.getRevisionCount());
    }

    Revisions with(String name, Instant uploadedAt) {
        if (names.contains(name)) {
            return this;
        }
        var newNames = new ArrayList<>(names);
        var newTimes = new ArrayList<>(times);
        int place = placeOf(uploadedAt);
        newNames.add(place, name);
        newTimes.add(place, uploadedAt);
        int from = Math.max(0, newNames.size() - Case.MAX_REVISIONS);
        return new Revisions(
                newNames.subList(from, newNames.size()), newTimes.subList(from, newTimes.size()), count + 1);
    }

    /** Behind every revision that is not newer. */
    private int placeOf(Instant uploadedAt) {
        int place = times.size();
        while (place > 0 && times.get(place - 1).isAfter(uploadedAt)) {
            place--;
        }
        return place;
    }
}
