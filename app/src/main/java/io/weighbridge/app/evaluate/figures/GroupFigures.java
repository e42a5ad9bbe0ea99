package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;

/**
 * How near one kind of strangers comes.
 *
 * @param relation see {@link Relation#id()}
 * @param nearest the largest score: deviations of strangers
 * @param meanDistance as a share of the bits
 * @param smallestDistance likewise
 * @param aboveJudged how many would match at the threshold of the judged rate
 * @param matches how many match at the algorithms' own thresholds
 * @param atGivenRate how many match at the calibrated thresholds of the rate that was asked for
 */
public record GroupFigures(
        String relation,
        int pairs,
        double nearest,
        double meanDistance,
        double smallestDistance,
        int aboveJudged,
        int matches,
        int atGivenRate) {

    static GroupFigures of(Relation relation, int[] which, PairScores scores, double threshold, double givenRate) {
        var distances = Arrays.stream(which).mapToDouble(scores::share).summaryStatistics();
        return new GroupFigures(
                relation.id(),
                which.length,
                Arrays.stream(which).mapToDouble(scores::score).max().orElse(0),
                distances.getAverage(),
                distances.getMin(),
                (int) Arrays.stream(which)
                        .filter(i -> scores.score(i) > threshold)
                        .count(),
                (int) Arrays.stream(which).filter(scores::isMatch).count(),
                (int) Arrays.stream(which)
                        .filter(i -> scores.chance(i) <= givenRate)
                        .count());
    }
}
