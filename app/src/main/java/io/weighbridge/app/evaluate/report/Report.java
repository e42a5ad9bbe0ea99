package io.weighbridge.app.evaluate.report;

import io.weighbridge.app.evaluate.figures.ColumnCurves;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.VariantRank;
import java.util.List;
import java.util.stream.Collectors;

/** The report in Markdown: templates with the figures filled in. */
public final class Report {

    private final EvaluationFigures figures;
    private final String charts;

    private Report(EvaluationFigures figures, String charts) {
        this.figures = figures;
        this.charts = charts;
    }

    /**
     * The text of the report.
     *
     * @param charts the charts' folder, from where the report lies
     */
    public static String of(EvaluationFigures figures, String charts) {
        return new Report(figures, charts).text();
    }

    private String text() {
        var library = figures.library();
        var judged = library.of(figures.judged());
        var held = new LibraryTables(library.counts());
        var tables = new FigureTables(library);
        return Template.load("report")
                .with("command", figures.command())
                .with("judged", judged.title())
                .with("files", Numbers.count(library.counts().files()))
                .with("originals", Numbers.count(library.originals()))
                .with("copies", Numbers.count(judged.copies()))
                .with("strangers", Numbers.count(judged.strangers()))
                .with("mAP", Numbers.share(judged.meanAveragePrecision()))
                .with("AUC", Numbers.area(judged.areaUnderCurve()))
                .with("caught", Numbers.percent(judged.atJudgedRate().judgedCaught()))
                .with("goals", goals(figures.goals()))
                .with("parts", parts(library))
                .with("apart", apart(library))
                .with("architectures", held.architectures())
                .with("kinds", held.kinds())
                .with("changes", held.changes())
                .with("unhashed", held.unhashed())
                .with("tuning", tuning(library))
                .with("chance", Numbers.percent(figures.accuracy().chance()))
                .with("lost", Numbers.percent(figures.accuracy().lost()))
                .with("retrieval", tables.retrieval())
                .with("rates", tables.rates())
                .with("kept", tables.kept())
                .with("destroyed", destroyed(tables))
                .with("distances", distances(library))
                .with("strangerTable", tables.strangers())
                .with("nearest", nearest(library))
                .with("thresholds", tables.thresholds())
                .with("rate", Numbers.rate(figures.givenRate()))
                .with("givenRate", tables.givenRate())
                .with("calibration", tables.calibration())
                .with("variants", tables.variants())
                .with("choice", choice(figures.ntsChoice()))
                .with("second", figures.also().map(this::second).orElse(""))
                .with("charts", charts)
                .filled();
    }

    private String second(LibraryFigures second) {
        var judged = second.of(figures.judged());
        var held = new LibraryTables(second.counts());
        var tables = new FigureTables(second);
        return Template.load("second")
                .with("judged", judged.title())
                .with("files", Numbers.count(second.counts().files()))
                .with("originals", Numbers.count(second.originals()))
                .with("copies", Numbers.count(judged.copies()))
                .with("strangers", Numbers.count(judged.strangers()))
                .with("architectures", held.architectures())
                .with("unhashed", held.unhashed())
                .with("goals", goals(figures.alsoGoals()))
                .with("retrieval", tables.retrieval())
                .with("rates", tables.rates())
                .with("kept", tables.kept())
                .with("strangerTable", tables.strangers())
                .with("calibration", tables.calibration())
                .with("charts", charts)
                .filled();
    }

    private static MarkdownTable goals(List<Goal> goals) {
        var table = new MarkdownTable(4, List.of("what", "goal", "reached", "met"));
        goals.forEach(goal -> table.row(
                List.of(goal.what(), goal.goal(), goal.reached(), goal.verdict().text())));
        return table;
    }

    private static String parts(LibraryFigures library) {
        return library.counts().parts().stream()
                .map(part -> Numbers.count(part.families()) + " families with " + Numbers.count(part.files())
                        + " files in the " + part.name() + " part")
                .collect(Collectors.joining(", "));
    }

    private static String apart(LibraryFigures library) {
        if (library.counts().parts().size() < 2) {
            return "";
        }
        int tasks = library.counts().tasksInBothParts();
        return "No family is in both parts, and "
                + (tasks == 0 ? "no task that the manifest names." : "tasks that are: " + tasks + ".");
    }

    private static String tuning(LibraryFigures library) {
        return library.tuningStrangers() > 0
                ? "Thresholds and calibrations are taken from the " + Numbers.count(library.tuningStrangers())
                        + " pairs of strangers of the tuning part; every figure below is taken on the report part, but for the choice of the nts variant."
                : "This library has no tuning part, or one with too few strangers. Thresholds for a false match rate are taken from the very strangers"
                        + " that they are held against, which flatters them, and the false match rate of a distance is"
                        + " what the algorithm itself states.";
    }

    private static String choice(List<VariantRank> ranks) {
        if (ranks.isEmpty()) {
            return "This library has no tuning part to choose on, or none with copies and strangers.";
        }
        var first = ranks.get(0);
        var choice = VariantRank.choice(ranks);
        return "Each variant on the tuning part alone, " + Numbers.count(first.copies()) + " pairs with a copy and "
                + Numbers.count(first.strangers())
                + " with a stranger, the threshold taken from the same strangers. By that rule the default should be "
                + choice.title() + "; it " + (choice.isDefault() ? "is" : "is not") + ".\n\n"
                + FigureTables.choice(ranks);
    }

    private static String destroyed(FigureTables tables) {
        return tables.destroyed()
                .map(table -> "The copies whose accuracy was destroyed, apart:\n\n" + table)
                .orElse("No copy's accuracy was destroyed, or none was measured.");
    }

    private String distances(LibraryFigures library) {
        return library.curves().stream()
                .filter(column -> !column.calibration().isEmpty())
                .map(this::image)
                .collect(Collectors.joining("\n\n"));
    }

    private String image(ColumnCurves column) {
        return "![Distances of " + column.title() + "](" + charts + "/distances-" + column.id() + ".svg)";
    }

    private static String nearest(LibraryFigures library) {
        var table = new MarkdownTable(
                4, List.of("", "original", "stranger that is nearest", "which is", "distance", "deviations"));
        library.principal().forEach(column -> {
            var nearest = column.nearestStranger();
            table.row(List.of(
                    column.title(),
                    nearest.original(),
                    nearest.file(),
                    FigureTables.words(nearest.relation()),
                    Numbers.distance(nearest.distance()),
                    Numbers.score(nearest.score())));
        });
        return table.toString();
    }
}
