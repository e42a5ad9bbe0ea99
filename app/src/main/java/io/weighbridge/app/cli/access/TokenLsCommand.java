package io.weighbridge.app.cli.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.http.access.Token;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token ls}: the tokens, without their texts. */
@Command(name = "ls", mixinStandardHelpOptions = true, header = "List the tokens; their texts are kept nowhere.")
final class TokenLsCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private TokensOptions tokens;

    @Override
    public Integer call() throws IOException {
        var all = tokens.tokens().read();
        if (output.isJson()) {
            all.forEach(token -> output.print(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("name", token.name())
                            .put("role", token.role().id())
                            .put("createdAt", token.createdAt().toString())
                            .put(
                                    "expiresAt",
                                    token.expiresAt().map(Instant::toString).orElse(null)),
                    () -> ""));
            return ExitCode.NO_MATCH;
        }
        var table = new Table("name", "role", "created at", "expires at");
        all.forEach(token ->
                table.row(token.name(), token.role().id(), token.createdAt().toString(), end(token)));
        output.say(all.isEmpty() ? "No token in " + tokens.tokens().path() + "." : table.toString());
        return ExitCode.NO_MATCH;
    }

    private static String end(Token token) {
        return token.expiresAt()
                .map(end -> end + (end.isAfter(Instant.now()) ? "" : " (over)"))
                .orElse("never");
    }
}
