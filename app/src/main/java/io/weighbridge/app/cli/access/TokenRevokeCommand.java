package io.weighbridge.app.cli.access;

import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code token revoke}: takes a token back. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        header = "Revoke a token: a running server refuses it, and the sessions that began with it, at once.")
final class TokenRevokeCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private TokensOptions tokens;

    @Parameters(paramLabel = "NAME", description = "Name of the token.")
    private String name;

    @Override
    public Integer call() throws IOException {
        if (!tokens.tokens().revoke(name)) {
            throw new CommandException(
                    "token " + name + ": not in " + tokens.tokens().path());
        }
        output.say("token " + name + " is revoked");
        return ExitCode.NO_MATCH;
    }
}
