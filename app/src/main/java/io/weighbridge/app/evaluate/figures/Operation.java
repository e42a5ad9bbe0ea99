package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;

/**
 * What fixed thresholds do.
 *
 * @param falseMatchRate that they are stated or calibrated for
 * @param caught share of the copies
 * @param falseMatches pairs of strangers that match
 */
public record Operation(double falseMatchRate, double caught, int falseMatches) {

    static Operation atOwnThresholds(PairScores scores, int[] copies, int[] strangers, double stated) {
        return new Operation(
                stated, (double) Arrays.stream(copies).filter(scores::isMatch).count() / copies.length, (int)
                        Arrays.stream(strangers).filter(scores::isMatch).count());
    }

    static Operation atGivenRate(PairScores scores, int[] copies, int[] strangers, double rate) {
        return new Operation(
                rate,
                (double) Arrays.stream(copies)
                                .filter(i -> scores.chance(i) <= rate)
                                .count()
                        / copies.length,
                (int) Arrays.stream(strangers)
                        .filter(i -> scores.chance(i) <= rate)
                        .count());
    }
}
