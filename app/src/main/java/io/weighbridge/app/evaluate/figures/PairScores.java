package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What one column makes of every pair. */
final class PairScores {

    private final LibraryPairs pairs;
    private final double[] score;
    private final double[] share;
    private final double[] chance;
    private final boolean[] match;

    private PairScores(LibraryPairs pairs) {
        this.pairs = pairs;
        score = new double[pairs.size()];
        share = new double[pairs.size()];
        chance = new double[pairs.size()];
        match = new boolean[pairs.size()];
        Arrays.fill(score, Double.NEGATIVE_INFINITY);
        Arrays.fill(chance, 1);
    }

    /** Compares all pairs: several algorithms are as near as the nearest of them. */
    static PairScores of(Yardstick yardstick, LibraryPairs pairs) {
        var scores = new PairScores(pairs);
        yardstick.calibrations().forEach(calibration -> scores.compare(calibration, yardstick));
        return scores;
    }

    private void compare(Calibration calibration, Yardstick yardstick) {
        var codes = pairs.codes().of(calibration.column());
        var algorithm = calibration.column().algorithm();
        int parts = yardstick.calibrations().size();
        for (int i = 0; i < pairs.size(); i++) {
            int distance = codes.get(pairs.originalIndex(i)).distanceBits(codes.get(pairs.otherIndex(i)));
            double nearness = calibration.score(distance);
            if (nearness > score[i]) {
                score[i] = nearness;
                share[i] = (double) distance / algorithm.bits();
            }
            chance[i] = Math.min(chance[i], parts * calibration.rate(distance));
            match[i] |= distance <= algorithm.thresholdBits();
        }
    }

    LibraryPairs pairs() {
        return pairs;
    }

    /** Nearness in deviations of strangers; larger is nearer. */
    double score(int i) {
        return score[i];
    }

    /** Distance as a share of the bits, of the algorithm that is nearest. */
    double share(int i) {
        return share[i];
    }

    /** The probability, as calibrated, that strangers come so near in any of the algorithms; at most 1. */
    double chance(int i) {
        return chance[i];
    }

    /** Whether the algorithms match the pair at their own thresholds. */
    boolean isMatch(int i) {
        return match[i];
    }

    Roc roc() {
        return Roc.of(scores(pairs.copies()), scores(pairs.strangers()));
    }

    double[] scores(int[] which) {
        return Arrays.stream(which).mapToDouble(this::score).toArray();
    }

    /** The mean over the originals that have a copy of the average precision of their ranking of all other files. */
    double meanAveragePrecision() {
        return Arrays.stream(averagePrecisions()).average().orElseThrow();
    }

    /** The average precision of the ranking of all other files, for each original that has a copy. */
    double[] averagePrecisions() {
        var precisions = DoubleStream.builder();
        int length = pairs.pairsOfAnOriginal();
        for (int from = 0; from < pairs.size(); from += length) {
            int first = from;
            int[] copies =
                    Arrays.stream(range(first, length)).filter(pairs::isCopy).toArray();
            int[] strangers = Arrays.stream(range(first, length))
                    .filter(i -> !pairs.isCopy(i))
                    .toArray();
            if (copies.length > 0) {
                precisions.add(AveragePrecision.of(scores(copies), scores(strangers)));
            }
        }
        return precisions.build().toArray();
    }

    private static int[] range(int from, int length) {
        var range = new int[length];
        Arrays.setAll(range, i -> from + i);
        return range;
    }
}
