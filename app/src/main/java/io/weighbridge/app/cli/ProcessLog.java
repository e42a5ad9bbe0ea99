package io.weighbridge.app.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.Optional;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** What lines of the log tell of their process. */
public final class ProcessLog {

    /** Variable that chooses the form of the log, which logback.xml reads. */
    public static final String FORMAT = "WEIGHBRIDGE_LOG_FORMAT";

    private static final Set<String> FORMATS = Set.of("text", "json");
    private static final String ROLE = "role";

    private ProcessLog() {}

    /** Names the role, or several by commas, in each line of json from now on. */
    public static void tellRole(String role) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.putProperty(ROLE, role);
        }
    }

    /** What is wrong with a form of the log, which would be a log without lines; {@code null} is the default. */
    public static Optional<String> problemOf(String format) {
        return format == null || FORMATS.contains(format)
                ? Optional.empty()
                : Optional.of(FORMAT + ": expected text or json, got " + format);
    }
}
