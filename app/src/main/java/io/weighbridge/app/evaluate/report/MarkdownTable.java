package io.weighbridge.app.evaluate.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table whose first column is text and whose others are numbers, aligned to the right. */
final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();
    private final int textColumns;

    MarkdownTable(List<String> headings) {
        this(1, headings);
    }

    /** With more than one column of text, the first ones. */
    MarkdownTable(int textColumns, List<String> headings) {
        this.textColumns = textColumns;
        rows.add(List.copyOf(headings));
    }

    /** Adds a row with as many cells as there are headings. */
    MarkdownTable row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("row: expected " + rows.get(0).size() + " cells, got " + cells.size());
        }
        rows.add(cells.stream().map(MarkdownTable::escaped).toList());
        return this;
    }

    @Override
    public String toString() {
        var rule = new ArrayList<>(Collections.nCopies(rows.get(0).size(), "---:"));
        for (int i = 0; i < textColumns; i++) {
            rule.set(i, "---");
        }
        var text = new StringBuilder(line(rows.get(0))).append(line(rule));
        rows.subList(1, rows.size()).forEach(row -> text.append(line(row)));
        return text.toString().stripTrailing();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String escaped(String cell) {
        return cell.replaceAll("\\p{Cntrl}", "?").replace("|", "\\|");
    }
}
