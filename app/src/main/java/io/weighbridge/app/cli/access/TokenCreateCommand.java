package io.weighbridge.app.cli.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token create}: a new token, whose text is shown this once. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        header = "Make a token, and show its text this once.",
        description = {
            "",
            "Only its hash is kept. A running server accepts it at once. The text alone is on the standard output, so that "
                    + "it can go to a file: weighbridge token create --name ci --role viewer > ci.token",
            ""
        })
final class TokenCreateCommand implements Callable<Integer> {

    /** The roles that a token can have. */
    enum TokenRole {
        VIEWER,
        ANALYST,
        CURATOR,
        ADMIN
    }

    @Mixin
    private OutputOptions output;

    @Mixin
    private TokensOptions tokens;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who will use it; signs decisions.")
    private String name;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description =
                    "What it allows, each with what those before it allow: viewer reads, analyst decides about cases,"
                            + " curator decides what is protected and sends uploads, admin does all.")
    private TokenRole role;

    @Option(
            names = "--expires",
            paramLabel = "PERIOD",
            description = "How long it holds, such as P90D, P1Y or PT8H. Default: until it is revoked.")
    private String expires;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Write the text to this file, its owner's alone, instead of showing it.")
    private Path to;

    @Option(names = "--if-absent", description = "Do nothing if there is a token of this name.")
    private boolean isIfAbsent;

    @Override
    public Integer call() throws IOException {
        if (isIfAbsent
                && tokens.tokens().read().stream()
                        .anyMatch(token -> token.name().equals(name))) {
            output.say("token " + name + " is there");
            return ExitCode.NO_MATCH;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Optional<Instant> end = Optional.ofNullable(expires).map(period -> end(now, period));
        String text = tokens.tokens().create(name, ApiRole.valueOf(role.name()), now, end);
        String what = "token " + name + " (" + ApiRole.valueOf(role.name()).id() + "), "
                + end.map(at -> "good until " + at).orElse("good until it is revoked") + ", kept in "
                + tokens.tokens().path();
        if (to == null) {
            output.note(what + "; its text is not shown again:");
            show(text, end);
        } else {
            PrivateFile.write(to, (text + "\n").getBytes(StandardCharsets.US_ASCII));
            output.note(what + "; its text is in " + to);
        }
        return ExitCode.NO_MATCH;
    }

    private void show(String text, Optional<Instant> end) {
        output.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", name)
                        .put("role", ApiRole.valueOf(role.name()).id())
                        .put("expiresAt", end.map(Instant::toString).orElse(null))
                        .put("token", text),
                () -> text);
    }

    private static Instant end(Instant now, String period) {
        try {
            Instant end = period.contains("T")
                    ? now.plus(Duration.parse(period))
                    : now.atZone(ZoneOffset.UTC).plus(Period.parse(period)).toInstant();
            if (end.isAfter(now)) {
                return end;
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            // refused below
        }
        throw new UsageException("--expires: expected a period such as P90D or PT8H, got " + period);
    }
}
