package io.weighbridge.app.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a new version of a schema must keep. */
enum Compatibility {
    /** Anything goes. */
    NONE(false, false, false),
    /** A reader with the new version can read what the last one wrote. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** A reader with the last version can read what the new one writes. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean isBackward;
    private final boolean isForward;
    private final boolean isTransitive;

    Compatibility(boolean isBackward, boolean isForward, boolean isTransitive) {
        this.isBackward = isBackward;
        this.isForward = isForward;
        this.isTransitive = isTransitive;
    }

    /** The level of this name; empty if there is none. */
    static Optional<Compatibility> named(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(name))
                .findFirst();
    }

    /** What breaks this level; empty if nothing does. */
    List<String> problems(Schema candidate, List<Schema> earlierOldestFirst) {
        int from = isTransitive ? 0 : Math.max(0, earlierOldestFirst.size() - 1);
        var problems = new ArrayList<String>();
        for (Schema earlier : earlierOldestFirst.subList(from, earlierOldestFirst.size())) {
            if (isBackward) {
                check("new version cannot read the earlier one", candidate, earlier, problems);
            }
            if (isForward) {
                check("earlier version cannot read the new one", earlier, candidate, problems);
            }
        }
        return problems;
    }

    private static void check(String direction, Schema reader, Schema writer, List<String> problems) {
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .forEach(problem -> problems.add(direction + ": " + problem.getType() + " at " + problem.getLocation()
                        + ": " + problem.getMessage()));
    }
}
