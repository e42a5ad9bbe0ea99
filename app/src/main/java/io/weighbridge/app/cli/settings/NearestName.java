package io.weighbridge.app.cli.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** The name that somebody who mistyped one may have meant. */
final class NearestName {

    private NearestName() {}

    /** The nearest of some names, if it is within so many letters added, left out or changed, or two exchanged. */
    static Optional<String> of(String name, Collection<String> known, int mostEdits) {
        return known.stream()
                .map(candidate -> Map.entry(candidate, edits(name, candidate)))
                .filter(candidate -> candidate.getValue() <= mostEdits)
                .min(Comparator.<Map.Entry<String, Integer>>comparingInt(Map.Entry::getValue)
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    /** Optimal string alignment: row i, column j holds the edits from the first i letters of one to the first j of the other. */
    private static int edits(String from, String to) {
        int[][] edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int cheapest(int[][] edits, String from, String to, int i, int j) {
        int changed = edits[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(changed, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean isExchange =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return isExchange ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
