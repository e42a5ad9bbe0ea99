package io.weighbridge.app.chaos.load;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the topics say that uploads came to: every outcome and every alert, those that are there twice as well. */
final class Tally {

    private final Map<String, List<Outcome>> outcomes = new ConcurrentHashMap<>();
    private final Map<String, List<String>> alerts = new ConcurrentHashMap<>();
    private final Set<String> deadLetters = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> alertsByCase = new ConcurrentHashMap<>();

    void add(ScanOutcome scan) {
        if (scan.getUpload() != null) {
            add(outcomes, scan.getUpload().getId(), scan.getOutcome());
        }
    }

    void add(InfringementAlert alert) {
        String match = alert.getProtectedModel().getId() + " " + alert.getAlgorithm() + "@" + alert.getVersion() + " "
                + alert.getDistanceBits();
        add(alerts, alert.getUpload().getId(), match);
        alertsByCase.merge(alert.getAlertId(), 1, Integer::sum);
    }

    void addDeadLetter(String key) {
        deadLetters.add(key);
    }

    /** Keys of all dead letters: topic, partition and offset of the record. */
    Set<String> deadLetters() {
        return Set.copyOf(deadLetters);
    }

    List<Outcome> outcomesOf(String upload) {
        return outcomes.getOrDefault(upload, List.of());
    }

    List<String> alertsOf(String upload) {
        return alerts.getOrDefault(upload, List.of());
    }

    /** Alerts that speak of uploads other than these, and outcomes that do. */
    long strangers(Set<String> uploads) {
        return outcomes.keySet().stream().filter(id -> !uploads.contains(id)).count()
                + alerts.keySet().stream().filter(id -> !uploads.contains(id)).count();
    }

    /** How many alerts each case has had. */
    Map<String, Integer> alertsByCase() {
        return Map.copyOf(alertsByCase);
    }

    private static <T> void add(Map<String, List<T>> lists, String upload, T value) {
        lists.compute(upload, (id, known) -> {
            var list = new ArrayList<T>(known == null ? List.of() : known);
            list.add(value);
            return List.copyOf(list);
        });
    }
}
