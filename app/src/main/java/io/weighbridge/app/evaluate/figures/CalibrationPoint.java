package io.weighbridge.app.evaluate.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * How often strangers come within a distance, as predicted and as seen.
 *
 * @param distanceBits inclusive
 * @param predicted false match rate, calibrated before
 * @param observed pairs within the distance
 * @param pairs all pairs of strangers, two originals once
 * @param low lower end of the 95 % interval of the rate (Clopper and Pearson, as if pairs were independent)
 * @param high upper end
 */
public record CalibrationPoint(int distanceBits, double predicted, int observed, int pairs, double low, double high) {

    private static final double ERROR_RATE = .05;
    private static final double LEAST = 1e-7;

    /** The share of the pairs that are within the distance. */
    public double observedRate() {
        return (double) observed / pairs;
    }

    /** One point for each distance, up to half of the bits, that a stranger is within or that is predicted for one pair in 10⁷. */
    static List<CalibrationPoint> of(Calibration calibration, LibraryPairs pairs) {
        int[] counts = counts(calibration, pairs);
        int all = Arrays.stream(counts).sum();
        var points = new ArrayList<CalibrationPoint>();
        int within = 0;
        int first = Math.max(0, Math.min(firstOf(counts), calibration.radiusBits(LEAST)));
        for (int d = first; d <= (counts.length - 1) / 2; d++) {
            within += counts[d];
            var interval = BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(all, within, ERROR_RATE);
            points.add(new CalibrationPoint(
                    d, calibration.rate(d), within, all, interval.getLowerBound(), interval.getUpperBound()));
        }
        return points;
    }

    private static int[] counts(Calibration calibration, LibraryPairs pairs) {
        var codes = pairs.codes().of(calibration.column());
        var counts = new int[calibration.column().algorithm().bits() + 1];
        for (int i : pairs.distinctStrangers()) {
            counts[codes.get(pairs.originalIndex(i)).distanceBits(codes.get(pairs.otherIndex(i)))]++;
        }
        return counts;
    }

    private static int firstOf(int[] counts) {
        int first = 0;
        while (counts[first] == 0) {
            first++;
        }
        return first;
    }
}
