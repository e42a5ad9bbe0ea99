package io.weighbridge.app.cli;

import io.weighbridge.schemas.avro.Outcome;
import java.util.Collection;
import java.util.List;

/** What the shell is told. */
public final class ExitCode {

    public static final int NO_MATCH = 0;
    public static final int MATCH = 1;

    /** Of {@code doctor}: something does not work. */
    public static final int FAILED_CHECK = 1;

    public static final int ERROR = 2;
    public static final int UNSUPPORTED = 3;
    public static final int USAGE = 4;
    public static final int INCONCLUSIVE = 5;

    private static final List<Integer> WORST_FIRST = List.of(ERROR, UNSUPPORTED, INCONCLUSIVE);

    private ExitCode() {}

    /** The code for one scan: {@link #NO_MATCH} when it has codes, or was read with a file that has. */
    public static int of(Outcome outcome) {
        return switch (outcome) {
            case HASHED, PART -> NO_MATCH;
            case DEGENERATE, PARTIAL -> INCONCLUSIVE;
            case UNSUPPORTED, NO_WEIGHTS -> UNSUPPORTED;
            default -> ERROR;
        };
    }

    /** The code for several scans: that of the worst, where an error outranks unsupported, and that inconclusive. */
    public static int worst(Collection<Outcome> outcomes) {
        var codes = outcomes.stream().map(ExitCode::of).toList();
        return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(NO_MATCH);
    }
}
