package io.weighbridge.app.chaos;

import io.weighbridge.app.chaos.load.Reckoning;
import java.time.Duration;
import java.util.List;

/**
 * What a round came to.
 *
 * @param lasted from the first blow to the healing of the last
 * @param recovery from there until the last outcome and alert that was due, with the uploads of the three seconds after it
 * @param deaths processes that ended by themselves and were started again
 * @param isDrained whether every stage passed all that was published, and every instance was ready, in time
 */
record RoundResult(
        List<String> faults,
        long seed,
        Reckoning reckoning,
        Duration lasted,
        Duration recovery,
        int deaths,
        boolean isDrained) {

    RoundResult {
        faults = List.copyOf(faults);
    }

    boolean isClean() {
        return isDrained && reckoning.isClean();
    }

    /** In a line for people, and a line for each example of what is wrong. */
    String describe() {
        return String.join("+", faults) + " (seed " + seed + "): " + reckoning.uploads() + " uploads, "
                + reckoning.found() + " of " + reckoning.expected() + " alerts, " + reckoning.deadLetters()
                + " dead letters; lost " + reckoning.allLost() + ", doubled " + reckoning.allDoubled() + ", wrong "
                + reckoning.allWrong() + "; lasted " + lasted.toMillis() + " ms, recovered in " + recovery.toMillis()
                + " ms, " + deaths + " revived" + (isDrained ? "" : ", NOT DRAINED")
                + reckoning.examples().stream()
                        .map(example -> "\n    " + example)
                        .reduce("", String::concat);
    }
}
