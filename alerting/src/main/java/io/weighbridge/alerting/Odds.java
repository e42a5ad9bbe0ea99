package io.weighbridge.alerting;

import java.util.Locale;

/** A false match rate in the forms that people read. */
public final class Odds {

    private static final double PLAIN_BELOW = 1e6;

    private Odds() {}

    /** 1 − falseMatchRate, within 0 and 1: the probability that two unrelated models are not this near. */
    public static double confidence(double falseMatchRate) {
        return 1 - Math.min(1, Math.max(0, falseMatchRate));
    }

    /** How often chance alone comes this near, such as {@code 1 in 250} or {@code 1 in 4.2e14}. */
    public static String ofChance(double falseMatchRate) {
        if (Double.isNaN(falseMatchRate)) {
            return "unknown";
        }
        double odds = 1 / Math.min(1, Math.max(Double.MIN_NORMAL, falseMatchRate));
        if (odds < PLAIN_BELOW) {
            return "1 in " + Math.round(odds);
        }
        String mantissaAndExponent = String.format(Locale.ROOT, "%.1e", odds).replaceFirst("e\\+0*", "e");
        return (falseMatchRate < Double.MIN_NORMAL ? "less than 1 in " : "1 in ") + mantissaAndExponent;
    }
}
