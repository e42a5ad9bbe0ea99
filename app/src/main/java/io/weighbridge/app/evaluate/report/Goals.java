package io.weighbridge.app.evaluate.report;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.codes.Column;
import io.weighbridge.app.evaluate.figures.Caught;
import io.weighbridge.app.evaluate.figures.ChangeFigures;
import io.weighbridge.app.evaluate.figures.ColumnFigures;
import io.weighbridge.app.evaluate.figures.GroupFigures;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.Relation;
import io.weighbridge.app.evaluate.report.Goal.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the figures of the judged column against what the hash must reach. */
final class Goals {

    private static final double MEAN_AVERAGE_PRECISION = .995;
    private static final double AREA_UNDER_CURVE = .9995;
    private static final double CAUGHT = .99;
    private static final double SAME_DISTANCE = .02;
    private static final int NAMED = 8;

    /** Computes the same function, but is a larger network: how near it comes is told, and no goal was set for it. */
    private static final String ENLARGED = "dummy-channels";

    private static final String BASELINE = "nts-";

    private final ColumnFigures figures;

    private Goals(ColumnFigures figures) {
        this.figures = figures;
    }

    /** All goals; those that other tests look after are listed too. */
    static List<Goal> all(LibraryFigures library, Column judged) {
        return Stream.of(
                        measured(library, judged),
                        List.of(baseline(library)),
                        List.of(
                                elsewhere(
                                        "speed: one core, weights in memory, all codes",
                                        "≥ 15 % of its read bandwidth, ≥ 4 × SHA-256"),
                                elsewhere("memory: a file of 10 GB", "256 MB of heap"),
                                elsewhere(
                                        "same weights in another format, order, byte order, on another machine",
                                        "the same code")))
                .flatMap(List::stream)
                .toList();
    }

    /** The goals that any library of models can be held against. */
    static List<Goal> measured(LibraryFigures library, Column judged) {
        var goals = new Goals(library.of(judged));
        var all = new ArrayList<>(List.of(goals.precision(), goals.area(), goals.caught(), goals.same()));
        goals.enlarged().ifPresent(all::add);
        all.add(goals.unmatched("students distilled from the original", List.of(Relation.STUDENT)));
        all.add(goals.unmatched(
                "networks from another seed: freshly initialised, or trained on the same task or another",
                List.of(Relation.FRESH, Relation.SAME_TASK, Relation.SAME_ARCHITECTURE)));
        return all;
    }

    private static Goal baseline(LibraryFigures library) {
        var variants = Stream.concat(library.principal().stream(), library.variants().stream())
                .filter(column -> column.thresholds().size() == 1 && column.id().startsWith(BASELINE))
                .toList();
        return new Goal(
                "the paper's hash: every variant in the table",
                "a faithful baseline",
                variants.stream()
                        .max(Comparator.comparingDouble(ColumnFigures::meanAveragePrecision))
                        .map(best -> variants.size() + " variants, the best mAP "
                                + Numbers.share(best.meanAveragePrecision()) + " (" + best.title() + ")")
                        .orElse(Numbers.NONE),
                variants.isEmpty() ? Verdict.NOT_MEASURED : Verdict.YES);
    }

    private static Goal elsewhere(String what, String goal) {
        return new Goal(what, goal, Numbers.NONE, Verdict.NOT_MEASURED);
    }

    private Goal precision() {
        double reached = figures.meanAveragePrecision();
        return new Goal(
                "mAP, original as query, all copies",
                "≥ " + MEAN_AVERAGE_PRECISION,
                Numbers.share(reached),
                Verdict.of(reached >= MEAN_AVERAGE_PRECISION));
    }

    private Goal area() {
        double reached = figures.areaUnderCurve();
        return new Goal(
                "AUC over all pairs",
                "≥ " + AREA_UNDER_CURVE,
                Numbers.area(reached),
                Verdict.of(reached >= AREA_UNDER_CURVE));
    }

    private Goal caught() {
        var below = figures.changes().stream()
                .filter(change ->
                        keptShare(change).filter(share -> share < CAUGHT).isPresent())
                .sorted(Comparator.comparing(change -> keptShare(change).orElseThrow()))
                .toList();
        long all = figures.changes().stream()
                .filter(change -> change.kept().isPresent())
                .count();
        return new Goal(
                "caught at a false match rate of 10⁻⁴, every change that keeps the accuracy",
                "≥ " + Numbers.percent(CAUGHT),
                (all - below.size()) + " of " + all + " changes"
                        + named(below.stream()
                                .map(change -> change.change() + " "
                                        + Numbers.percent(keptShare(change).orElseThrow()))
                                .toList()),
                Verdict.of(below.isEmpty()));
    }

    private static Optional<Double> keptShare(ChangeFigures change) {
        return change.kept().map(Caught::share);
    }

    private Goal same() {
        var farthest = figures.changes().stream()
                .filter(change -> change.kind().equals(Kind.SAME.id()) && !isEnlarged(change))
                .max(Comparator.comparing(Goals::largestDistance));
        return new Goal(
                "permuted, rescaled, folded, saved in another format or precision: distance as a share of the bits",
                "≤ " + SAME_DISTANCE,
                farthest.map(change ->
                                "at most " + Numbers.distance(largestDistance(change)) + " (" + change.change() + ")")
                        .orElse(Numbers.NONE),
                farthest.map(change -> Verdict.of(largestDistance(change) <= SAME_DISTANCE))
                        .orElse(Verdict.NOT_MEASURED));
    }

    private Optional<Goal> enlarged() {
        return figures.changes().stream()
                .filter(Goals::isEnlarged)
                .flatMap(change -> change.kept().stream())
                .findFirst()
                .map(caught -> new Goal(
                        "dummy channels added, which compute nothing: distance as a share of the bits",
                        Numbers.NONE,
                        "median " + Numbers.distance(caught.medianDistance()) + ", at most "
                                + Numbers.distance(caught.largestDistance()),
                        Verdict.NO_GOAL));
    }

    private static boolean isEnlarged(ChangeFigures change) {
        return change.change().equals(ENLARGED);
    }

    private static double largestDistance(ChangeFigures change) {
        return Stream.of(change.kept(), change.destroyed())
                .flatMap(Optional::stream)
                .mapToDouble(Caught::largestDistance)
                .max()
                .orElse(0);
    }

    private Goal unmatched(String what, List<Relation> relations) {
        var groups =
                relations.stream().map(figures::group).flatMap(Optional::stream).toList();
        int matches = groups.stream().mapToInt(GroupFigures::matches).sum();
        int pairs = groups.stream().mapToInt(GroupFigures::pairs).sum();
        return new Goal(
                what,
                "not matched",
                pairs == 0 ? Numbers.NONE : matches + " of " + Numbers.count(pairs) + " pairs matched",
                pairs == 0 ? Verdict.NOT_MEASURED : Verdict.of(matches == 0));
    }

    private static String named(List<String> below) {
        if (below.isEmpty()) {
            return "";
        }
        return "; below: " + below.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (below.size() > NAMED ? " and " + (below.size() - NAMED) + " more" : "");
    }
}
