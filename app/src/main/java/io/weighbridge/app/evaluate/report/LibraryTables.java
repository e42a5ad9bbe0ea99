package io.weighbridge.app.evaluate.report;

import io.weighbridge.app.evaluate.figures.LibraryCounts;
import io.weighbridge.app.evaluate.figures.LibraryCounts.Group;
import java.util.List;

/** What a library holds, as tables. */
final class LibraryTables {

    private static final int LISTED = 40;

    private final LibraryCounts counts;

    LibraryTables(LibraryCounts counts) {
        this.counts = counts;
    }

    MarkdownTable architectures() {
        return groups("architecture", counts.architectures());
    }

    MarkdownTable kinds() {
        return groups("kind", counts.kinds());
    }

    private static MarkdownTable groups(String heading, List<Group> groups) {
        var table = new MarkdownTable(List.of(heading, "families", "files", "tuning", "report"));
        groups.forEach(group -> table.row(List.of(
                group.name(),
                Numbers.count(group.families()),
                Numbers.count(group.files()),
                Numbers.count(group.tuning()),
                Numbers.count(group.report()))));
        return table;
    }

    MarkdownTable changes() {
        var table = new MarkdownTable(
                2, List.of("change", "kind", "files", "accuracy lost", "mean accuracy", "of their originals"));
        counts.changes()
                .forEach(change -> table.row(List.of(
                        change.name(),
                        change.kind(),
                        Numbers.count(change.files()),
                        Numbers.count(change.destroyed()),
                        Numbers.percent(change.accuracy()),
                        Numbers.percent(change.originalAccuracy()))));
        return table;
    }

    /** How many files have no code and, if there are any, which and why. */
    String unhashed() {
        var missing = counts.unhashed();
        if (missing.isEmpty()) {
            return "Every file has its codes.";
        }
        var table = new MarkdownTable(4, List.of("file", "change", "outcome", "reason"));
        missing.stream()
                .limit(LISTED)
                .forEach(file -> table.row(List.of(
                        file.file(),
                        file.change(),
                        file.outcome(),
                        file.reason().orElse(""))));
        String more = missing.size() > LISTED
                ? "\n\nand " + (missing.size() - LISTED) + " more, all in `evaluation.json`."
                : "";
        return Numbers.count(missing.size()) + " of " + Numbers.count(counts.files())
                + " files have no code, and so are in no figure below:\n\n" + table + more;
    }
}
