package io.weighbridge.app.cli.local;

import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.cli.settings.GivenSettings;
import io.weighbridge.app.compare.FileHashing;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On which basis weights are projected, and within which limits files are read. */
final class HasherOptions {

    @Option(
            names = "--site-key",
            paramLabel = "FILE",
            description =
                    "The secret of the site whose codes are wanted. Default: that of the settings, else the public basis.")
    private Optional<Path> siteKey = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:WEIGHBRIDGE_CONFIG}",
            description =
                    "Properties file of the hasher: its weighbridge.read.* limits and its site key hold here too.")
    private Path config;

    /** A scanner within the limits of the settings. */
    ModelScanner scanner(ModelHasher hasher) {
        return FileHashing.scanner(settings(), hasher);
    }

    /** All algorithms, on the basis that was asked for. */
    ModelHasher hasher() {
        return siteKey.map(HasherOptions::key)
                .map(key -> ModelHasher.of(Algorithms.of(key)))
                .orElseGet(() -> FileHashing.hasher(settings()));
    }

    private Settings settings() {
        return GivenSettings.of(config).settings();
    }

    private static SiteKey key(Path file) {
        try {
            return SiteKey.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UsageException("--site-key: " + file + " cannot be read");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--site-key: " + file + ": " + e.getMessage());
        }
    }
}
