package io.weighbridge.app.chaos.load;

import io.weighbridge.app.client.Cluster;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares a tally with the ledger. */
final class Audit {

    private static final int MOST_EXAMPLES = 12;

    private final Ledger ledger;
    private final Tally tally;
    private final List<String> examples = new ArrayList<>();
    private int lost;
    private int doubled;
    private int wrong;
    private int expected;
    private int found;
    private int alertsDoubled;
    private int unexpected;

    private Audit(Ledger ledger, Tally tally) {
        this.ledger = ledger;
        this.tally = tally;
    }

    /** Compares all; reads the cases, too, as they are now. */
    static Reckoning of(Ledger ledger, Tally tally, Cluster cluster) {
        var audit = new Audit(ledger, tally);
        var uploads = ledger.uploads();
        uploads.forEach((id, expectation) -> {
            audit.checkOutcome(id, expectation);
            audit.checkAlerts(id, expectation);
        });
        int strangers = (int) tally.strangers(uploads.keySet());
        if (strangers > 0) {
            audit.note(strangers + " outcomes or alerts are of uploads that were never published");
        }
        audit.unexpected += strangers;
        return audit.reckoning(uploads.size(), audit.wrongCases(cluster));
    }

    private Reckoning reckoning(int uploads, int wrongCases) {
        var deadLetters = tally.deadLetters();
        var poisons = ledger.poisons();
        var missing = minus(poisons, deadLetters);
        var others = minus(deadLetters, poisons);
        missing.forEach(key -> note("dead letter " + key + ": missing"));
        others.forEach(key -> note("dead letter " + key + ": of a record that can be read"));
        return new Reckoning(
                uploads,
                lost,
                doubled,
                wrong,
                expected,
                found,
                alertsDoubled,
                unexpected,
                poisons.size() - missing.size(),
                missing.size() + others.size(),
                wrongCases,
                examples);
    }

    private void checkOutcome(String id, Ledger.Expected expectation) {
        var outcomes = tally.outcomesOf(id);
        if (outcomes.isEmpty()) {
            lost++;
        } else if (outcomes.size() > 1) {
            doubled++;
        } else if (outcomes.get(0) != expectation.outcome()) {
            wrong++;
        }
        if (!outcomes.equals(List.of(expectation.outcome()))) {
            note("upload " + id + ": expected " + expectation.outcome() + ", got " + outcomes);
        }
    }

    private void checkAlerts(String id, Ledger.Expected expectation) {
        var alerts = tally.alertsOf(id);
        var distinct = Set.copyOf(alerts);
        var due = Set.copyOf(expectation.matches());
        int here = due.size() - minus(due, distinct).size();
        expected += due.size();
        found += here;
        alertsDoubled += alerts.size() - distinct.size();
        unexpected += distinct.size() - here;
        if (alerts.size() != distinct.size() || !distinct.equals(due)) {
            note("upload " + id + ": expected alerts " + due + ", got " + alerts);
        }
    }

    private int wrongCases(Cluster cluster) {
        var cases = cluster.reader().latest(cluster.topics().infringementCases());
        var alerts = tally.alertsByCase();
        int differing = 0;
        for (Map.Entry<String, Integer> due : alerts.entrySet()) {
            var known = cases.get(due.getKey());
            int occurrences = known == null ? 0 : known.getOccurrences();
            if (occurrences != due.getValue()) {
                differing++;
                note("case " + due.getKey() + ": expected " + due.getValue() + " occurrences, got " + occurrences);
            }
        }
        return differing + minus(cases.keySet(), alerts.keySet()).size();
    }

    private void note(String example) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(example);
        }
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        var left = new HashSet<>(some);
        left.removeAll(others);
        return left;
    }
}
