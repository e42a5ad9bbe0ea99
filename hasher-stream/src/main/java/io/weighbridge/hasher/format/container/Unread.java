package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.schemas.avro.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What of a container may hold weights and was not hashed. The first few are named, all are counted. */
final class Unread {

    private static final int NAMED = 3;
    private static final int PATH_CHARS = 80;
    private static final int REASON_CHARS = 150;

    /** The worst decides the outcome when nothing was read. */
    private static final List<Outcome> WORST_FIRST =
            List.of(Outcome.TOO_LARGE, Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.NO_WEIGHTS);

    private final List<String> named = new ArrayList<>();
    private int count;
    private Outcome worst = Outcome.NO_WEIGHTS;

    void add(String path, ModelFormatException failure) {
        add(path, failure.outcome(), failure.getMessage());
    }

    void add(String path, Outcome outcome, String reason) {
        count++;
        if (WORST_FIRST.indexOf(outcome) < WORST_FIRST.indexOf(worst)) {
            worst = outcome;
        }
        if (named.size() < NAMED) {
            named.add(end(path) + ": " + start(reason));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    @Override
    public String toString() {
        var list = named.stream().collect(Collectors.joining("; "));
        return count > named.size() ? list + "; and " + (count - named.size()) + " more" : list;
    }

    /** The whole container cannot be read for these reasons. */
    ModelFormatException failure() {
        return switch (worst) {
            case TOO_LARGE -> ModelFormatException.tooLarge(toString());
            case MALFORMED -> ModelFormatException.malformed(toString());
            default -> ModelFormatException.unsupported(toString());
        };
    }

    static String end(String path) {
        return path.length() <= PATH_CHARS ? path : "..." + path.substring(path.length() - PATH_CHARS);
    }

    /** Keeps the end too, where limits are named. */
    private static String start(String reason) {
        if (reason.length() <= 2 * REASON_CHARS) {
            return reason;
        }
        return reason.substring(0, REASON_CHARS) + "..." + reason.substring(reason.length() - REASON_CHARS);
    }
}
