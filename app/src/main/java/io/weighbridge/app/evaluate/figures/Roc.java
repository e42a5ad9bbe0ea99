package io.weighbridge.app.evaluate.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scores of copies and of strangers: what a threshold catches, and what it catches wrongly. A pair is caught if its score is above the threshold. */
public final class Roc {

    private static final int POINTS_A_DECADE = 24;

    private final double[] copies;
    private final double[] strangers;

    private Roc(double[] copies, double[] strangers) {
        this.copies = copies;
        this.strangers = strangers;
    }

    /** At least one score on either side; the arrays are not kept. */
    public static Roc of(double[] copies, double[] strangers) {
        if (copies.length == 0 || strangers.length == 0) {
            throw new IllegalArgumentException("scores: expected at least one copy and one stranger, got "
                    + copies.length + " and " + strangers.length);
        }
        double[] sortedCopies = copies.clone();
        double[] sortedStrangers = strangers.clone();
        Arrays.sort(sortedCopies);
        Arrays.sort(sortedStrangers);
        return new Roc(sortedCopies, sortedStrangers);
    }

    public int copies() {
        return copies.length;
    }

    public int strangers() {
        return strangers.length;
    }

    /** The probability that a copy is nearer than a stranger; a tie counts one half. */
    public double auc() {
        double wins = 0;
        for (double copy : copies) {
            int below = below(strangers, copy);
            wins += below + .5 * (upTo(strangers, copy) - below);
        }
        return wins / copies.length / strangers.length;
    }

    /** The lowest threshold above which there are at most {@code rate} of the strangers: the score of the first of them that must stay out. */
    public double thresholdAt(double rate) {
        int allowed = (int) Math.min(strangers.length - 1.0, strangers.length * rate);
        return strangers[strangers.length - 1 - allowed];
    }

    /** Share of the copies above a threshold. */
    public double caughtAbove(double threshold) {
        return (double) (copies.length - upTo(copies, threshold)) / copies.length;
    }

    /** Share of the strangers above a threshold. */
    public double falseAbove(double threshold) {
        return (double) (strangers.length - upTo(strangers, threshold)) / strangers.length;
    }

    /** Share caught before the first stranger is. */
    public double beforeFirstFalse() {
        return caughtAbove(thresholdAt(0));
    }

    /** One point of the curve: at a threshold with at most this false match rate, this share is caught. */
    public record Point(double falseMatchRate, double caught) {}

    /** The curve from one stranger in all to all of them, at equal steps of the rate's logarithm. */
    public List<Point> curve() {
        var points = new ArrayList<Point>();
        double least = 1.0 / strangers.length;
        int steps = (int) Math.ceil(-Math.log10(least) * POINTS_A_DECADE);
        for (int i = 0; i < steps; i++) {
            double rate = least * Math.pow(10, (double) i / POINTS_A_DECADE);
            points.add(new Point(rate, caughtAbove(thresholdAt(rate))));
        }
        points.add(new Point(1, 1));
        return points;
    }

    private static int below(double[] sorted, double value) {
        return lower(sorted, value, false);
    }

    private static int upTo(double[] sorted, double value) {
        return lower(sorted, value, true);
    }

    /** How many numbers are below the value, or equal to it too. */
    private static int lower(double[] sorted, double value, boolean inclusive) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value || inclusive && sorted[middle] == value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
