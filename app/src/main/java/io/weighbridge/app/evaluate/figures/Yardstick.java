package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.codes.Column;
import java.util.List;
import java.util.Optional;

/**
 * What a column is measured with: the calibration of its algorithms, and the scores of the strangers that thresholds are taken from. Both come
 * from the tuning part alone.
 *
 * @param calibrations one for each part of the column
 * @param tuning the scores of the tuning part's strangers; empty if there are too few
 */
record Yardstick(Column column, List<Calibration> calibrations, Optional<Scores> tuning) {

    /** Thresholds and rates that the algorithms state themselves. */
    static Yardstick stated(Column column) {
        return new Yardstick(
                column, column.parts().stream().map(Calibration::stated).toList(), Optional.empty());
    }

    /** Estimated on the pairs of a tuning part; as stated if they are too few. */
    static Yardstick tuned(Column column, LibraryPairs tuning) {
        var calibrations = column.parts().stream()
                .map(part -> Calibration.tuned(part, tuning))
                .toList();
        if (calibrations.stream().anyMatch(calibration -> calibration.tail().isEmpty())) {
            return stated(column);
        }
        var untested = new Yardstick(column, calibrations, Optional.empty());
        var strangers = PairScores.of(untested, tuning).scores(tuning.strangers());
        return new Yardstick(column, calibrations, Optional.of(Scores.of(strangers)));
    }
}
