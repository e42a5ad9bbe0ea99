package io.weighbridge.alerting;

import java.util.Locale;

/** A false match rate in the forms that people read. */
public final class Odds {

    private static final double PLAIN_BELOW = 1e6;

    /** Smaller rates are not told apart to people: no set of unrelated models is large enough to tell them apart. */
    private static final double LEAST_TOLD = 1e-15;

    private Odds() {}

    /** 1 − falseMatchRate, within 0 and 1: the probability that two unrelated models are not this near. */
    public static double confidence(double falseMatchRate) {
        return 1 - Math.min(1, Math.max(0, falseMatchRate));
    }

    /** How often chance alone comes this near, such as {@code 1 in 250} or {@code 1 in 4.2e14}; {@code less than 1 in 1e15} at the least. */
    public static String ofChance(double falseMatchRate) {
        if (Double.isNaN(falseMatchRate)) {
            return "unknown";
        }
        if (falseMatchRate < LEAST_TOLD) {
            return "less than 1 in 1e15";
        }
        double odds = 1 / Math.min(1, falseMatchRate);
        if (odds < PLAIN_BELOW) {
            return "1 in " + Math.round(odds);
        }
        return "1 in " + String.format(Locale.ROOT, "%.1e", odds).replaceFirst("e\\+0*", "e");
    }

    /** The confidence as the little that is missing to one, such as {@code 1 - 4e-12}; {@code > 1 - 1e-15} at the most. */
    public static String confidenceText(double falseMatchRate) {
        return falseMatchRate < LEAST_TOLD ? "> 1 - 1e-15" : String.format(Locale.ROOT, "1 - %.0e", falseMatchRate);
    }
}
