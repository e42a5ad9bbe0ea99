package io.weighbridge.app.evaluate.figures;

import java.util.ArrayList;
import java.util.List;

/** The scores of copies and of strangers: what a threshold catches, and what it catches wrongly. */
public final class Roc {

    private static final int POINTS_A_DECADE = 24;

    private final Scores copies;
    private final Scores strangers;

    private Roc(Scores copies, Scores strangers) {
        this.copies = copies;
        this.strangers = strangers;
    }

    /** At least one score on either side; the arrays are not kept. */
    static Roc of(double[] copies, double[] strangers) {
        if (copies.length == 0 || strangers.length == 0) {
            throw new IllegalArgumentException("scores: expected at least one copy and one stranger, got "
                    + copies.length + " and " + strangers.length);
        }
        return new Roc(Scores.of(copies), Scores.of(strangers));
    }

    /** The same strangers against some of the copies only, at least one. */
    Roc of(double[] some) {
        return new Roc(Scores.of(some), strangers);
    }

    /** The probability that a copy is nearer than a stranger; a tie counts one half. */
    double auc() {
        double wins = 0;
        for (int i = 0; i < copies.count(); i++) {
            int below = strangers.below(copies.at(i));
            wins += below + .5 * (strangers.upTo(copies.at(i)) - below);
        }
        return wins / copies.count() / strangers.count();
    }

    /** The lowest threshold that at most {@code rate} of the strangers pass. */
    double thresholdAt(double rate) {
        return strangers.thresholdAt(rate);
    }

    /** Share of the copies above a threshold. */
    double caughtAbove(double threshold) {
        return copies.shareAbove(threshold);
    }

    /** Share of the strangers above a threshold. */
    double falseAbove(double threshold) {
        return strangers.shareAbove(threshold);
    }

    /** Share caught before the first stranger is. */
    double beforeFirstFalse() {
        return caughtAbove(thresholdAt(0));
    }

    /** One point of the curve: at a threshold with at most this false match rate, this share is caught. */
    public record Point(double falseMatchRate, double caught) {}

    /** The curve from one stranger in all to all of them, at equal steps of the rate's logarithm. */
    List<Point> curve() {
        var points = new ArrayList<Point>();
        double least = 1.0 / strangers.count();
        int steps = (int) Math.ceil(-Math.log10(least) * POINTS_A_DECADE);
        for (int i = 0; i < steps; i++) {
            double rate = least * Math.pow(10, (double) i / POINTS_A_DECADE);
            points.add(new Point(rate, caughtAbove(thresholdAt(rate))));
        }
        points.add(new Point(1, 1));
        return points;
    }
}
