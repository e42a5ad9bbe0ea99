package io.weighbridge.app.evaluate.report;

import io.weighbridge.app.evaluate.figures.AtRate;
import io.weighbridge.app.evaluate.figures.CalibrationPoint;
import io.weighbridge.app.evaluate.figures.Caught;
import io.weighbridge.app.evaluate.figures.ChangeFigures;
import io.weighbridge.app.evaluate.figures.ColumnCurves;
import io.weighbridge.app.evaluate.figures.ColumnFigures;
import io.weighbridge.app.evaluate.figures.GroupFigures;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.Operation;
import io.weighbridge.app.evaluate.figures.Threshold;
import io.weighbridge.app.evaluate.figures.VariantRank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was measured on a library, as tables. */
final class FigureTables {

    private static final List<Double> PREDICTED = List.of(1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6);

    private final LibraryFigures figures;

    FigureTables(LibraryFigures figures) {
        this.figures = figures;
    }

    MarkdownTable retrieval() {
        return retrieval(figures.principal(), "at its own threshold", ColumnFigures::ownThresholds);
    }

    /** All variants and the single principal columns, the best mAP first. */
    MarkdownTable variants() {
        var singles = figures.principal().stream().filter(FigureTables::isSingle);
        var best = Stream.concat(singles, figures.variants().stream())
                .sorted(Comparator.comparingDouble(ColumnFigures::meanAveragePrecision)
                        .reversed())
                .toList();
        return retrieval(best, "at the given rate", ColumnFigures::givenRate);
    }

    /** The variants that the default is chosen among, in the order given. */
    static MarkdownTable choice(List<VariantRank> ranks) {
        var table = new MarkdownTable(List.of("", "bits", "mAP", "standard error", "AUC", "caught at 10⁻⁴"));
        ranks.forEach(rank -> table.row(List.of(
                rank.isDefault() ? "**" + rank.title() + "** (the default)" : rank.title(),
                Numbers.count(rank.bits()),
                Numbers.share(rank.meanAveragePrecision()),
                Numbers.share(rank.standardError()),
                Numbers.area(rank.areaUnderCurve()),
                Numbers.percent(rank.caught()))));
        return table;
    }

    private static MarkdownTable retrieval(
            List<ColumnFigures> columns, String caught, Function<ColumnFigures, Operation> operation) {
        var table = new MarkdownTable(List.of(
                "",
                "bits",
                "mAP",
                "AUC",
                "caught at 10⁻⁴",
                "before the first false",
                caught,
                "false there",
                "nearest stranger"));
        columns.forEach(column -> table.row(List.of(
                column.title(),
                Numbers.count(column.bits()),
                Numbers.share(column.meanAveragePrecision()),
                Numbers.area(column.areaUnderCurve()),
                Numbers.percent(column.atJudgedRate().judgedCaught()),
                Numbers.percent(column.caughtBeforeFirstFalse()),
                Numbers.percent(operation.apply(column).caught()),
                Numbers.count(operation.apply(column).falseMatches()),
                Numbers.distance(column.nearestStranger().distance()))));
        return table;
    }

    MarkdownTable rates() {
        var headings = new ArrayList<>(List.of("", "threshold from"));
        figures.principal().get(0).atRates().forEach(at -> headings.add(Numbers.rate(at.rate())));
        var table = new MarkdownTable(2, headings);
        for (var column : figures.principal()) {
            if (figures.tuningStrangers() > 0) {
                table.row(row(column, "the tuning part", FigureTables::tunedCell));
            }
            table.row(row(column, "the report part", at -> Numbers.percent(at.caught())));
        }
        return table;
    }

    private static List<String> row(ColumnFigures column, String source, Function<AtRate, String> cell) {
        var row = new ArrayList<>(List.of(column.title(), source));
        column.atRates().stream().map(cell).forEach(row::add);
        return row;
    }

    private static String tunedCell(AtRate at) {
        return at.tuned()
                .map(tuned -> Numbers.percent(tuned.caught()) + ", false " + Numbers.rate(tuned.falseMatchRate()))
                .orElse(Numbers.NONE);
    }

    /** Share caught and mean distance of the copies that kept their accuracy. */
    MarkdownTable kept() {
        return changes(ChangeFigures::kept);
    }

    /** The same of those that lost it; empty if none did. */
    Optional<MarkdownTable> destroyed() {
        boolean any = figures.principal().get(0).changes().stream()
                .anyMatch(change -> change.destroyed().isPresent());
        return any ? Optional.of(changes(ChangeFigures::destroyed)) : Optional.empty();
    }

    private MarkdownTable changes(Function<ChangeFigures, Optional<Caught>> which) {
        var headings = new ArrayList<>(List.of("change", "copies"));
        figures.principal().forEach(column -> headings.add(column.title()));
        var table = new MarkdownTable(headings);
        var changes = figures.principal().get(0).changes();
        for (int c = 0; c < changes.size(); c++) {
            int at = c;
            which.apply(changes.get(c)).ifPresent(first -> {
                var row = new ArrayList<>(List.of(changes.get(at).change(), Numbers.count(first.copies())));
                figures.principal().stream()
                        .map(column -> which.apply(column.changes().get(at)).orElseThrow())
                        .map(caught ->
                                Numbers.percent(caught.share()) + " · " + Numbers.distance(caught.meanDistance()))
                        .forEach(row::add);
                table.row(row);
            });
        }
        return table;
    }

    MarkdownTable strangers() {
        var table = new MarkdownTable(
                2,
                List.of(
                        "",
                        "strangers",
                        "pairs",
                        "mean distance",
                        "smallest",
                        "nearest, deviations",
                        "above the 10⁻⁴ threshold",
                        "matched at own thresholds"));
        for (var column : figures.principal()) {
            column.groups().forEach(group -> table.row(row(column, group)));
        }
        return table;
    }

    private static List<String> row(ColumnFigures column, GroupFigures group) {
        return List.of(
                column.title(),
                words(group.relation()),
                Numbers.count(group.pairs()),
                Numbers.distance(group.meanDistance()),
                Numbers.distance(group.smallestDistance()),
                Numbers.score(group.nearest()),
                Numbers.count(group.aboveJudged()),
                Numbers.count(group.matches()));
    }

    static String words(String relation) {
        return switch (relation) {
            case "student" -> "students of the original";
            case "fresh" -> "its architecture, fresh";
            case "same-task" -> "same architecture and task";
            case "same-architecture" -> "same architecture";
            default -> "other architectures";
        };
    }

    MarkdownTable thresholds() {
        var table = new MarkdownTable(List.of(
                "",
                "bits",
                "own threshold",
                "false match rate it states",
                "as calibrated",
                "threshold at the given rate",
                "median of z",
                "deviation of z",
                "fitted"));
        figures.principal().stream()
                .filter(FigureTables::isSingle)
                .forEach(column -> table.row(row(column.thresholds().get(0))));
        return table;
    }

    private static List<String> row(Threshold threshold) {
        return List.of(
                threshold.algorithm(),
                Numbers.count(threshold.bits()),
                Numbers.count(threshold.ownBits()),
                Numbers.rate(threshold.ownStatedRate()),
                threshold
                        .tail()
                        .map(tail -> Numbers.rate(threshold.ownCalibratedRate()))
                        .orElse(Numbers.NONE),
                threshold.givenBits() < 0 ? Numbers.NONE : Numbers.count(threshold.givenBits()),
                threshold.tail().map(tail -> Numbers.plain(tail.mean())).orElse(Numbers.NONE),
                threshold.tail().map(tail -> Numbers.plain(tail.deviation())).orElse(Numbers.NONE),
                threshold.tail().map(tail -> Numbers.plain(tail.fitted())).orElse(Numbers.NONE));
    }

    MarkdownTable givenRate() {
        var table = new MarkdownTable(List.of("", "thresholds, bits", "caught", "false matches", "strangers"));
        figures.principal()
                .forEach(column -> table.row(List.of(
                        column.title(),
                        String.join(
                                " and ",
                                column.thresholds().stream()
                                        .map(threshold -> threshold.givenBits() < 0
                                                ? Numbers.NONE
                                                : Numbers.count(threshold.givenBits()))
                                        .toList()),
                        Numbers.percent(column.givenRate().caught()),
                        Numbers.count(column.givenRate().falseMatches()),
                        Numbers.count(column.strangers()))));
        return table;
    }

    MarkdownTable calibration() {
        var table = new MarkdownTable(
                List.of("", "within, bits", "predicted", "seen", "95 % from", "to", "pairs within", "of pairs"));
        figures.curves()
                .forEach(column -> PREDICTED.forEach(
                        rate -> last(column, rate).ifPresent(point -> table.row(row(column, point)))));
        return table;
    }

    /** The largest distance whose predicted rate is at most {@code rate}. */
    private static Optional<CalibrationPoint> last(ColumnCurves column, double rate) {
        return column.calibration().stream()
                .filter(point -> point.predicted() <= rate)
                .reduce((a, b) -> b);
    }

    private static List<String> row(ColumnCurves column, CalibrationPoint point) {
        return List.of(
                column.title(),
                Numbers.count(point.distanceBits()),
                Numbers.rate(point.predicted()),
                Numbers.rate(point.observedRate()),
                Numbers.rate(point.low()),
                Numbers.rate(point.high()),
                Numbers.count(point.observed()),
                Numbers.count(point.pairs()));
    }

    private static boolean isSingle(ColumnFigures column) {
        return column.thresholds().size() == 1;
    }
}
