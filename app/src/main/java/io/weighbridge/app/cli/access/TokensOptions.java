package io.weighbridge.app.cli.access;

import io.weighbridge.app.cli.settings.GivenSettings;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.FirstToken;
import io.weighbridge.app.http.access.TokenFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which file of tokens a command means: by default the one of {@code weighbridge up}. */
final class TokensOptions {

    @Option(
            names = "--tokens-file",
            paramLabel = "FILE",
            description = "File of the tokens. Default: weighbridge.api.tokens.file, or tokens.json in --data.")
    private Path file;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".weighbridge",
            description = "Folder given to `weighbridge up`. Default: ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:WEIGHBRIDGE_CONFIG}",
            description = "Properties file with settings.")
    private Path config;

    TokenFile tokens() {
        if (file != null) {
            return new TokenFile(file);
        }
        var settings = FirstToken.withTokensFile(GivenSettings.of(config).settings(), data);
        settings.check();
        return new TokenFile(Path.of(settings.text(AccessSettings.TOKENS_FILE, "")));
    }
}
