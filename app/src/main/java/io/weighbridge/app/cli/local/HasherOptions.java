package io.weighbridge.app.cli.local;

import io.weighbridge.app.cli.UsageException;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.SiteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** On which basis weights are projected. */
final class HasherOptions {

    @Option(
            names = "--site-key",
            paramLabel = "FILE",
            description = "The secret of the site whose codes are wanted. Default: the public basis.")
    private Optional<Path> siteKey = Optional.empty();

    /** All algorithms, on the basis that was asked for. */
    ModelHasher hasher() {
        return siteKey.map(file -> ModelHasher.of(Algorithms.of(key(file)))).orElseGet(ModelHasher::standard);
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
