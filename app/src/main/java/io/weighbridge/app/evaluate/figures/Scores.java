package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;

/** The scores of some pairs; larger is nearer. A threshold catches what is above it. */
final class Scores {

    private final double[] sorted;

    private Scores(double[] sorted) {
        this.sorted = sorted;
    }

    /** The array is not kept. */
    static Scores of(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return new Scores(sorted);
    }

    int count() {
        return sorted.length;
    }

    /** The score at a place in ascending order. */
    double at(int place) {
        return sorted[place];
    }

    /** The lowest threshold that catches at most {@code rate} of the pairs: the score of the first of them that must stay out. */
    double thresholdAt(double rate) {
        int allowed = (int) Math.min(sorted.length - 1.0, sorted.length * rate);
        return sorted[sorted.length - 1 - allowed];
    }

    /** Share of the pairs above a threshold. */
    double shareAbove(double threshold) {
        return (double) (sorted.length - upTo(threshold)) / sorted.length;
    }

    /** How many scores are below. */
    int below(double score) {
        return lower(score, false);
    }

    /** How many scores are below or equal. */
    int upTo(double score) {
        return lower(score, true);
    }

    private int lower(double value, boolean inclusive) {
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
