package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.codes.Column.AnyOf;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.nts.NormalTestStatistics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an evaluation measures.
 *
 * @param judged the column that the goals are held against
 * @param principal the columns that every table and chart shows, the judged one among them
 * @param variants further columns, each one row of the table of variants
 */
public record Columns(Column judged, List<Column> principal, List<Column> variants) {

    public Columns {
        principal = List.copyOf(principal);
        variants = List.copyOf(variants);
        if (!principal.contains(judged)) {
            throw new IllegalArgumentException("columns: expected " + judged.id() + " among the principal ones");
        }
        var ids = new HashSet<String>();
        Stream.concat(principal.stream(), variants.stream()).forEach(column -> {
            if (!ids.add(column.id())) {
                throw new IllegalArgumentException("columns: expected ids that differ, got " + column.id() + " twice");
            }
        });
    }

    /** The algorithms of this version, any of those that may raise a match by default, their ablations, and the variants of {@code nts}. */
    public static Columns standard() {
        var singles = Algorithms.all().stream()
                .map(algorithm -> new Single(
                        algorithm.id().name() + "-" + algorithm.id().version(),
                        algorithm.id().toString(),
                        algorithm))
                .toList();
        // nts is the baseline: it is not among the algorithms that raise a match by default.
        var matching = singles.stream()
                .filter(single -> !(single.algorithm() instanceof NormalTestStatistics))
                .toList();
        var principal = new ArrayList<Column>();
        Column judged = matching.get(0);
        if (matching.size() > 1) {
            judged = anyOf(matching);
            principal.add(judged);
        }
        principal.addAll(singles);
        return new Columns(
                judged,
                principal,
                Stream.concat(Ablations.columns().stream(), NtsGrid.columns().stream())
                        .toList());
    }

    /** The same, and further columns: for ablations. */
    public Columns with(List<? extends Column> more) {
        var all = new ArrayList<>(variants);
        all.addAll(more);
        return new Columns(judged, principal, all);
    }

    /** Principal columns, then variants. */
    public List<Column> all() {
        return Stream.concat(principal.stream(), variants.stream()).toList();
    }

    /** Every algorithm that the columns need, each once. */
    public List<Single> singles() {
        var singles = new LinkedHashMap<String, Single>();
        all().forEach(column -> column.parts().forEach(part -> singles.putIfAbsent(part.id(), part)));
        return List.copyOf(singles.values());
    }

    /** The variants of the paper's hash, among them the one that models are hashed with: the default is chosen among these. */
    public List<Single> ofThePaper() {
        return singles().stream()
                .filter(single -> single.algorithm().id().name().equals(NtsGrid.NAME))
                .map(single -> single.algorithm() instanceof NormalTestStatistics nts
                        ? new Single(single.id(), NtsGrid.title(nts.variant()), nts)
                        : single)
                .toList();
    }

    private static AnyOf anyOf(List<Single> parts) {
        return new AnyOf(
                "any-of-" + parts.stream().map(Single::id).collect(Collectors.joining("-")),
                parts.stream().map(Single::title).collect(Collectors.joining(" or ")),
                parts);
    }
}
