package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.TuningTasks;
import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import io.weighbridge.app.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All figures of one library.
 *
 * @param originals of the report part that have a code
 * @param tuningStrangers pairs of strangers that calibrations were estimated on; 0 if the algorithms' own statements stand
 */
public record LibraryFigures(
        LibraryCounts counts,
        int originals,
        int tuningStrangers,
        List<ColumnFigures> principal,
        List<ColumnFigures> variants,
        List<ColumnCurves> curves) {

    /** The figures of the column that the goals are held against. */
    public ColumnFigures of(Column column) {
        return principal.stream()
                .filter(figures -> figures.id().equals(column.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Takes the figures of libraries, all with the yardsticks of one tuning part. */
    public static final class Taker {

        private final Columns columns;
        private final KeptAccuracy accuracy;
        private final double givenRate;
        private final Map<Column, Yardstick> yardsticks = new HashMap<>();
        private final int tuningStrangers;

        /**
         * @param tuned the library whose tuning part is used; if it has none, what the algorithms state
         * @param givenRate the false match rate that thresholds are calibrated for
         */
        public Taker(Columns columns, LibraryCodes tuned, KeptAccuracy accuracy, double givenRate, Progress progress) {
            this.columns = columns;
            this.accuracy = accuracy;
            this.givenRate = givenRate;
            var tuning = LibraryPairs.of(tuned, TuningTasks.of(tuned.models())::isOfSpread);
            var all = columns.all();
            for (int c = 0; c < all.size(); c++) {
                yardsticks.put(all.get(c), Yardstick.tuned(all.get(c), tuning));
                progress.at("calibrating", c + 1, all.size());
            }
            boolean isTuned = yardsticks.values().stream()
                    .allMatch(stick -> stick.tuning().isPresent());
            this.tuningStrangers = isTuned ? tuning.distinctStrangers().length : 0;
        }

        /**
         * The figures of a library's report part.
         *
         * @throws IOException if it has no copy, or no stranger, to measure
         */
        public LibraryFigures take(LibraryCodes codes, Progress progress) throws IOException {
            var pairs = LibraryPairs.of(codes, Part.REPORT);
            if (pairs.copies().length == 0 || pairs.strangers().length == 0) {
                throw new IOException("the report part of the library: expected pairs of an original with copies and"
                        + " with strangers, got " + pairs.copies().length + " and " + pairs.strangers().length);
            }
            var principal = new ArrayList<ColumnFigures>();
            var variants = new ArrayList<ColumnFigures>();
            var curves = new ArrayList<ColumnCurves>();
            var all = columns.all();
            for (int c = 0; c < all.size(); c++) {
                var measure = new Measure(yardsticks.get(all.get(c)), pairs, accuracy, givenRate);
                if (c < columns.principal().size()) {
                    principal.add(measure.figures());
                    curves.add(measure.curves());
                } else {
                    variants.add(measure.figures());
                }
                progress.at("measuring", c + 1, all.size());
            }
            return new LibraryFigures(
                    LibraryCounts.of(codes, accuracy), pairs.originals(), tuningStrangers, principal, variants, curves);
        }
    }
}
