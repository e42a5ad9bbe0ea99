package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How some of the copies fare.
 *
 * @param copies how many there are
 * @param atJudgedRate how many are caught at the false match rate that the goals are stated for
 * @param atOwnThresholds how many at the algorithms' own thresholds
 * @param atGivenRate how many at the calibrated thresholds of the rate that was asked for
 * @param meanDistance as a share of the bits, of the nearest algorithm
 * @param medianDistance likewise
 * @param largestDistance likewise
 */
public record Caught(
        int copies,
        int atJudgedRate,
        int atOwnThresholds,
        int atGivenRate,
        double meanDistance,
        double medianDistance,
        double largestDistance) {

    /** Share caught at the judged rate. */
    public double share() {
        return (double) atJudgedRate / copies;
    }

    /** Empty if there are no such pairs. */
    static Optional<Caught> of(int[] which, PairScores scores, double threshold, double givenRate) {
        if (which.length == 0) {
            return Optional.empty();
        }
        double[] distances =
                Arrays.stream(which).mapToDouble(scores::share).sorted().toArray();
        return Optional.of(new Caught(
                which.length,
                count(which, i -> scores.score(i) > threshold),
                count(which, scores::isMatch),
                count(which, i -> scores.chance(i) <= givenRate),
                Arrays.stream(distances).average().orElseThrow(),
                median(distances),
                distances[distances.length - 1]));
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static int count(int[] which, IntPredicate condition) {
        return (int) Arrays.stream(which).filter(condition).count();
    }
}
