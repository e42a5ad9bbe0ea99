package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;

/** The average precision of a ranking. */
final class AveragePrecision {

    private AveragePrecision() {}

    /**
     * The mean, over the copies, of the share of copies among all files that are as near as it or nearer.
     *
     * @param copies scores of the copies, at least one
     * @param strangers scores of the strangers; one that is as near as a copy ranks before it
     */
    static double of(double[] copies, double[] strangers) {
        double[] near = descending(copies);
        double[] far = descending(strangers);
        double sum = 0;
        int before = 0;
        for (int hit = 0; hit < near.length; hit++) {
            while (before < far.length && far[before] >= near[hit]) {
                before++;
            }
            sum += (hit + 1.0) / (hit + 1 + before);
        }
        return sum / near.length;
    }

    private static double[] descending(double[] scores) {
        double[] sorted = Arrays.stream(scores).map(x -> -x).sorted().toArray();
        return Arrays.stream(sorted).map(x -> -x).toArray();
    }
}
