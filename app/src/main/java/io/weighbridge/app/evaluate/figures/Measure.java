package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the figures of one column on the report part of a library. */
final class Measure {

    /** False match rates at which the share caught is reported. */
    static final List<Double> RATES = List.of(1e-2, 1e-3, 1e-4, 1e-5);

    /** The one among them that the goals are stated for. */
    static final double JUDGED_RATE = 1e-4;

    private final Yardstick yardstick;
    private final PairScores scores;
    private final LibraryPairs pairs;
    private final KeptAccuracy accuracy;
    private final double givenRate;
    private final Roc roc;
    private final List<AtRate> atRates;
    private final double threshold;

    Measure(Yardstick yardstick, LibraryPairs pairs, KeptAccuracy accuracy, double givenRate) {
        this.yardstick = yardstick;
        this.pairs = pairs;
        this.scores = PairScores.of(yardstick, pairs);
        this.accuracy = accuracy;
        this.givenRate = givenRate;
        this.roc = scores.roc();
        this.atRates =
                RATES.stream().map(rate -> AtRate.of(rate, roc, yardstick)).toList();
        this.threshold = atRates.get(RATES.indexOf(JUDGED_RATE)).judgedThreshold();
    }

    ColumnFigures figures() {
        var column = yardstick.column();
        int[] copies = pairs.copies();
        int[] strangers = pairs.strangers();
        double stated = column.parts().stream()
                .mapToDouble(part -> Threshold.stated(part.algorithm()))
                .sum();
        double shared = givenRate / column.parts().size();
        return new ColumnFigures(
                column.id(),
                column.title(),
                column.parts().stream()
                        .mapToInt(part -> part.algorithm().bits())
                        .sum(),
                copies.length,
                strangers.length,
                scores.meanAveragePrecision(),
                roc.auc(),
                roc.beforeFirstFalse(),
                atRates,
                Operation.atOwnThresholds(scores, copies, strangers, stated),
                Operation.atGivenRate(scores, copies, strangers, givenRate),
                NearestStranger.of(scores, strangers),
                groups(),
                changes(),
                yardstick.calibrations().stream()
                        .map(calibration -> Threshold.of(calibration, shared))
                        .toList());
    }

    ColumnCurves curves() {
        var distances = new ArrayList<Histogram>();
        copiesByChange().forEach((change, which) -> distances.add(Histogram.of(change, which, scores)));
        distances.add(Histogram.of("strangers", pairs.strangers(), scores));
        var calibration = yardstick.calibrations().size() == 1
                ? CalibrationPoint.of(yardstick.calibrations().get(0), pairs)
                : List.<CalibrationPoint>of();
        return new ColumnCurves(
                yardstick.column().id(), yardstick.column().title(), roc.curve(), distances, calibration);
    }

    private List<GroupFigures> groups() {
        var groups = new ArrayList<GroupFigures>();
        for (var relation : Relation.values()) {
            int[] which = pairs.where(i -> pairs.relation(i) == relation);
            if (relation != Relation.COPY && which.length > 0) {
                groups.add(GroupFigures.of(relation, which, scores, threshold, givenRate));
            }
        }
        return groups;
    }

    private List<ChangeFigures> changes() {
        var changes = new ArrayList<ChangeFigures>();
        copiesByChange().forEach((change, which) -> {
            var kind = pairs.other(which[0]).kind();
            changes.add(new ChangeFigures(
                    change,
                    kind.id(),
                    roc.of(scores.scores(which)).auc(),
                    Caught.of(filtered(which, false), scores, threshold, givenRate),
                    Caught.of(filtered(which, true), scores, threshold, givenRate)));
        });
        return changes;
    }

    private int[] filtered(int[] which, boolean destroyed) {
        return Arrays.stream(which)
                .filter(i -> accuracy.isDestroyed(pairs.other(i)) == destroyed)
                .toArray();
    }

    /** The pairs of each change: those that compute the same function first, then by name. */
    private Map<String, int[]> copiesByChange() {
        var names = Arrays.stream(pairs.copies())
                .mapToObj(pairs::other)
                .sorted(Comparator.comparing((LibraryModel model) -> model.kind() != Kind.SAME)
                        .thenComparing(LibraryModel::change))
                .map(LibraryModel::change)
                .distinct()
                .toList();
        var byChange = new LinkedHashMap<String, int[]>();
        names.forEach(change -> byChange.put(
                change,
                pairs.where(i -> pairs.isCopy(i) && pairs.other(i).change().equals(change))));
        return byChange;
    }
}
