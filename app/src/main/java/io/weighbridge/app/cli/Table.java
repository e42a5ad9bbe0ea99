package io.weighbridge.app.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text under aligned headings. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Adds a row with as many cells as there are headings; a null cell prints as a dash. */
    public Table row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("row: expected " + rows.get(0).size() + " cells, got " + cells.length);
        }
        var row = new ArrayList<String>();
        for (String cell : cells) {
            row.add(cell == null ? "-" : oneLine(cell));
        }
        rows.add(row);
        return this;
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(row.get(column))
                        .append(" ".repeat(width(column) - row.get(column).length()))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString().stripTrailing();
    }

    /** A text on one line: names and reasons come from strangers, whose control characters must not reach the terminal. */
    public static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
