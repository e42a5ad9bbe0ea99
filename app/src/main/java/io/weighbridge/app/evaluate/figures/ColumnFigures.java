package io.weighbridge.app.evaluate.figures;

import java.util.List;
import java.util.Optional;

/**
 * All that is reported of one column on one library.
 *
 * @param bits of all its codes together
 * @param copies pairs of an original and a copy of it
 * @param strangers all other pairs of an original and a file
 * @param ownThresholds the algorithms at their own thresholds
 * @param givenRate the algorithms at the calibrated thresholds of the rate that was asked for
 */
public record ColumnFigures(
        String id,
        String title,
        int bits,
        int copies,
        int strangers,
        double meanAveragePrecision,
        double areaUnderCurve,
        double caughtBeforeFirstFalse,
        List<AtRate> atRates,
        Operation ownThresholds,
        Operation givenRate,
        NearestStranger nearestStranger,
        List<GroupFigures> groups,
        List<ChangeFigures> changes,
        List<Threshold> thresholds) {

    /** At the false match rate that the goals are stated for. */
    public AtRate atJudgedRate() {
        return atRates.stream()
                .filter(at -> at.rate() == Measure.JUDGED_RATE)
                .findFirst()
                .orElseThrow();
    }

    /** The strangers of one kind, if there are any. */
    public Optional<GroupFigures> group(Relation relation) {
        return groups.stream()
                .filter(group -> group.relation().equals(relation.id()))
                .findFirst();
    }
}
