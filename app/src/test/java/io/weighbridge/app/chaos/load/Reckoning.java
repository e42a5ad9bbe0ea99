package io.weighbridge.app.chaos.load;

import java.util.List;

/**
 * What uploads came to, beside what they had to come to.
 *
 * @param lost uploads without an outcome
 * @param doubled uploads with more than one
 * @param wrong uploads with one outcome, which is another than the oracle's
 * @param found alerts that had to be raised, and were
 * @param alertsDoubled alerts that are there again
 * @param unexpected alerts that nobody expects
 * @param deadLetters records that nobody can read, found once or more among the dead letters
 * @param wrongDeadLetters such records that are missing there, and others that are there
 * @param wrongCases cases whose count of occurrences is not that of their alerts, missing ones included
 * @param examples a line for each of the first things that are wrong
 */
public record Reckoning(
        int uploads,
        int lost,
        int doubled,
        int wrong,
        int expected,
        int found,
        int alertsDoubled,
        int unexpected,
        int deadLetters,
        int wrongDeadLetters,
        int wrongCases,
        List<String> examples) {

    public Reckoning {
        examples = List.copyOf(examples);
    }

    /** Every upload one outcome, the right one; every true match one alert; nothing else. */
    public boolean isClean() {
        return lost == 0
                && doubled == 0
                && wrong == 0
                && found == expected
                && alertsDoubled == 0
                && unexpected == 0
                && wrongDeadLetters == 0
                && wrongCases == 0;
    }

    /** Outcomes and alerts that are missing. */
    public int allLost() {
        return lost + expected - found;
    }

    /** Outcomes and alerts that are there again. */
    public int allDoubled() {
        return doubled + alertsDoubled;
    }

    /** Whatever else is not as it has to be. */
    public int allWrong() {
        return wrong + unexpected + wrongDeadLetters + wrongCases;
    }
}
