package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How a case grows with its alerts. Which alert is best and which is latest does not depend on the order in which they arrive. */
public final class Case {

    /** Revisions that a case lists; older ones are only counted. */
    static final int MAX_REVISIONS = 100;

    /** Occurrences that a case remembers; an alert redelivered after so many others is counted again. */
    static final int MAX_OCCURRENCES = 1024;

    /** The lower its false match rate, then its distance, the better an alert; the rest only makes the order total. */
    private static final Comparator<InfringementAlert> BEST_FIRST = Comparator.comparingDouble(
                    InfringementAlert::getFalseMatchRate)
            .thenComparingInt(InfringementAlert::getDistanceBits)
            .thenComparing(InfringementAlert::getMatchedAt)
            .thenComparing(alert -> Occurrence.of(alert).id());

    private static final Comparator<InfringementAlert> NEWEST_FIRST = Comparator.<InfringementAlert, Instant>comparing(
                    alert -> alert.getUpload().getUploadedAt())
            .reversed()
            .thenComparing(BEST_FIRST);

    private Case() {}

    /**
     * The case once the alert has arrived.
     *
     * @param known the case until now, or null if this is its first alert
     * @return {@code known} itself if the alert was delivered before, and was held as it is now
     */
    public static InfringementCase after(InfringementCase known, InfringementAlert alert, Instant now) {
        if (known == null) {
            return opened(alert, now);
        }
        long key = Occurrence.of(alert).key();
        return known.getOccurrenceKeys().contains(key) ? released(known, alert) : grown(known, alert, key, now);
    }

    /** Whether it waits for people: it has an alert, and is neither closed nor suppressed. */
    static boolean isOpen(InfringementCase known) {
        return known.getHeld() == null && Transitions.isOpen(known.getState());
    }

    /** A match that was held becomes an alert when its protected model goes live. */
    private static InfringementCase released(InfringementCase known, InfringementAlert alert) {
        return alert.getHeld() != null || known.getHeld() == null
                ? known
                : InfringementCase.newBuilder(known)
                        .setHeld(null)
                        .setVersion(known.getVersion() + 1)
                        .build();
    }

    private static InfringementCase opened(InfringementAlert alert, Instant now) {
        return InfringementCase.newBuilder()
                .setAlertId(alert.getAlertId())
                .setBest(alert)
                .setLatest(alert)
                .setRevisions(List.of(alert.getUpload().getRevision()))
                .setRevisionTimes(List.of(alert.getUpload().getUploadedAt()))
                .setRevisionCount(1)
                .setOccurrences(1)
                .setOccurrenceKeys(List.of(Occurrence.of(alert).key()))
                .setFirstSeenAt(now)
                .setLastSeenAt(now)
                .setVersion(1)
                .setHeld(alert.getHeld())
                .setHeldOccurrences(held(alert))
                .build();
    }

    private static InfringementCase grown(InfringementCase known, InfringementAlert alert, long key, Instant now) {
        var revisions = Revisions.of(known)
                .with(alert.getUpload().getRevision(), alert.getUpload().getUploadedAt());
        return InfringementCase.newBuilder(known)
                .setBest(first(BEST_FIRST, known.getBest(), alert))
                .setLatest(first(NEWEST_FIRST, known.getLatest(), alert))
                .setRevisions(revisions.names())
                .setRevisionTimes(revisions.times())
                .setRevisionCount(revisions.count())
                .setOccurrences(known.getOccurrences() + 1)
                .setOccurrenceKeys(lastKeys(known.getOccurrenceKeys(), key))
                .setLastSeenAt(now)
                .setVersion(known.getVersion() + 1)
                .setHeld(known.getHeld() == null ? null : alert.getHeld())
                .setHeldOccurrences(known.getHeldOccurrences() + held(alert))
                .build();
    }

    private static int held(InfringementAlert alert) {
        return alert.getHeld() == null ? 0 : 1;
    }

    private static InfringementAlert first(
            Comparator<InfringementAlert> order, InfringementAlert one, InfringementAlert other) {
        return order.compare(one, other) <= 0 ? one : other;
    }

    private static List<Long> lastKeys(List<Long> keys, long key) {
        var all = new ArrayList<>(keys);
        all.add(key);
        return all.subList(Math.max(0, all.size() - MAX_OCCURRENCES), all.size());
    }
}
