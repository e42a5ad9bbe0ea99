package io.weighbridge.app.feed;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * When protected models were matched, each match once however often it is told: the last {@value #KEPT}. A match that was held and is an alert
 * now is an alert. Not safe for use by many threads.
 */
final class MatchLog {

    private static final int KEPT = 100_000;

    private final Map<String, MatchTime> byOccurrence = new BoundedMap<>(KEPT);

    void add(InfringementAlert alert) {
        String id = Occurrence.of(alert).id();
        HeldReason held = alert.getHeld();
        var known = byOccurrence.get(id);
        boolean isAlertAlready = known != null && known.held() == null;
        byOccurrence.put(
                id,
                new MatchTime(
                        alert.getProtectedModel().getId(),
                        alert.getAlertId(),
                        alert.getMatchedAt(),
                        isAlertAlready ? null : held));
    }

    /** Matches of a protected model in no order. */
    List<MatchTime> of(String protectedId) {
        return byOccurrence.values().stream()
                .filter(match -> match.protectedId().equals(protectedId))
                .toList();
    }

    /**
     * A match of a protected model.
     *
     * @param at the later of upload and protection
     * @param held why it is no alert; null if it is one
     */
    record MatchTime(String protectedId, String alertId, Instant at, HeldReason held) {}
}
