package io.weighbridge.app.evaluate.codes;

import io.weighbridge.hash.HashAlgorithm;
import java.util.List;
import java.util.regex.Pattern;

/** One way of telling copies that the evaluation measures: an algorithm, or several of which any may tell. */
public sealed interface Column {

    /** Names the column in files: lower-case letters, digits, dots and hyphens. */
    String id();

    /** Names the column in prose, tables and charts. */
    String title();

    /** The algorithms whose codes it needs, at least one. */
    List<Single> parts();

    /** One algorithm, or a variant of one: codes of different columns are never compared. */
    record Single(String id, String title, HashAlgorithm algorithm) implements Column {
        public Single {
            checkId(id);
        }

        @Override
        public List<Single> parts() {
            return List.of(this);
        }
    }

    /** Two models match if any of their codes does; a false match rate is shared out equally among the parts. */
    record AnyOf(String id, String title, List<Single> parts) implements Column {
        public AnyOf {
            checkId(id);
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("column " + id + ": expected at least one part, got none");
            }
        }
    }

    private static void checkId(String id) {
        if (!Pattern.matches("[a-z0-9][a-z0-9.-]*", id)) {
            throw new IllegalArgumentException(
                    "column id: expected lower-case letters, digits, dots and hyphens, got " + id);
        }
    }
}
