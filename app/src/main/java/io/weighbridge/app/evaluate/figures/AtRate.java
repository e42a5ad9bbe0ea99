package io.weighbridge.app.evaluate.figures;

import java.util.Optional;

/**
 * What a column catches at one false match rate.
 *
 * @param caught share of the copies, the threshold being taken from the very strangers that it is held against
 * @param tuned the same with the threshold from the tuning part; empty without one
 */
public record AtRate(double rate, double threshold, double caught, Optional<Tuned> tuned) {

    /**
     * At a threshold that was fixed before.
     *
     * @param caught share of the copies
     * @param falseMatchRate share of the strangers that it catches too
     * @param strangers pairs of the tuning part that it was taken from
     */
    public record Tuned(double threshold, double caught, double falseMatchRate, int strangers) {}

    static AtRate of(double rate, Roc roc, Yardstick yardstick) {
        double own = roc.thresholdAt(rate);
        var tuned = yardstick.tuning().map(tuning -> {
            double threshold = tuning.thresholdAt(rate);
            return new Tuned(threshold, roc.caughtAbove(threshold), roc.falseAbove(threshold), tuning.count());
        });
        return new AtRate(rate, own, roc.caughtAbove(own), tuned);
    }

    /** The threshold that counts: the one fixed before, if there is one. */
    double judgedThreshold() {
        return tuned.map(Tuned::threshold).orElse(threshold);
    }

    /** The share caught that counts. */
    public double judgedCaught() {
        return tuned.map(Tuned::caught).orElse(caught);
    }
}
