package io.weighbridge.app.cli.triage;

import io.weighbridge.app.cli.UsageException;
import picocli.CommandLine.Option;

/** Who decides, and why. */
final class ActorOptions {

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description = "Who decides so. Default: the user of this system, ${DEFAULT-VALUE}.",
            defaultValue = "${sys:user.name}")
    private String actor;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, in words.")
    private String reason;

    String actor() {
        return checked("--actor", actor);
    }

    String reason() {
        return checked("--reason", reason);
    }

    private static String checked(String option, String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException(option + ": expected a text in one line");
        }
        return text.strip();
    }
}
