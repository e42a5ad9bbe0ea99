package io.weighbridge.app.http.access;

import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** The token of the administrator that a stack on one machine makes at its first start, so that it can be used at once. */
public final class FirstToken {

    /** Name of the file in the data folder that holds its text. */
    public static final String FILE = "admin.token";

    private static final String TOKENS = "tokens.json";
    private static final String NAME = "admin";

    private FirstToken() {}

    /** The settings with a file of tokens: in the data folder, unless they name one. */
    public static Settings withTokensFile(Settings settings, Path data) {
        String file =
                settings.text(AccessSettings.TOKENS_FILE, data.resolve(TOKENS).toString());
        return settings.with(Map.of(AccessSettings.TOKENS_FILE, file));
    }

    /**
     * Makes the token if there is no file of tokens yet.
     *
     * @param settings with a file of tokens
     * @return where its text is; empty if others made the tokens, or it was removed
     */
    public static Optional<Path> create(Settings settings, Path data) throws IOException {
        var tokens = new TokenFile(Path.of(settings.text(AccessSettings.TOKENS_FILE, "")));
        Path file = data.resolve(FILE);
        if (Files.exists(tokens.path())) {
            return Optional.of(file).filter(Files::exists);
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String text = tokens.create(NAME, ApiRole.ADMIN, now, Optional.empty());
        PrivateFile.write(file, (text + "\n").getBytes(StandardCharsets.US_ASCII));
        return Optional.of(file);
    }
}
