package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.PastTimeConverter;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.life.Role;
import java.time.Instant;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which dead letters are meant, by options. */
final class LetterFilter implements Predicate<DeadLetterRow> {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = PastTimeConverter.class,
            description = "Only those that failed at this time or later: 2026-11-30, 2026-11-30T08:00:00Z, or P7D ago.")
    private Instant since;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "Only those that this role gave up; those of sinks are alerting's: ${COMPLETION-CANDIDATES}.")
    private Role role;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Only records of this topic.")
    private String topic;

    @Override
    public boolean test(DeadLetterRow row) {
        return (since == null || !row.failedAt().isBefore(since))
                && (role == null || row.stage().startsWith(role.id() + "/"))
                && (topic == null || row.topic().equals(topic));
    }

    /** Whether any option was given. */
    boolean isGiven() {
        return since != null || role != null || topic != null;
    }
}
