package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.Redaction;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gives {@code file:} addresses in place, if they lie inside the allowed folders both as written and with all links resolved.
 *
 * <p>Limit: whoever can write inside an allowed folder could swap a folder for a link between the check and the reading.
 */
final class FileFetcher {

    private final FetchSettings settings;

    FileFetcher(FetchSettings settings) {
        this.settings = settings;
    }

    FetchResult fetch(URI address) {
        if (settings.fileRoots().isEmpty()) {
            return refused("file: addresses are off; " + FetchSettings.FILE_ROOTS + " names the folders to allow");
        }
        try {
            return find(Path.of(address).normalize());
        } catch (IllegalArgumentException e) {
            return new NotFetched(
                    Outcome.MALFORMED,
                    "url: expected file:///PATH, got " + withoutQuery(address) + " (" + e.getMessage() + ")");
        } catch (NoSuchFileException e) {
            return new NotFetched(Outcome.UNREACHABLE, "no such file: " + address.getPath(), true);
        } catch (IOException e) {
            return new NotFetched(Outcome.UNREACHABLE, "cannot open " + address.getPath() + ": " + e);
        }
    }

    /** What follows the path of an address has no meaning here, and may be a signature. */
    private static String withoutQuery(URI address) {
        return Redaction.of(address.toString().replaceFirst("[?#].*", ""));
    }

    /** The folder that an address stands for; empty if it is none, or not inside the allowed ones. */
    Optional<Path> folder(URI address) {
        try {
            var written = Path.of(address).normalize();
            if (!isInside(roots(), written) || !Files.isDirectory(written)) {
                return Optional.empty();
            }
            var real = written.toRealPath();
            return isInside(realRoots(), real) ? Optional.of(real) : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** Looks at the path as written first, so that an answer never tells what exists outside the allowed folders. */
    private FetchResult find(Path written) throws IOException {
        if (!isInside(roots(), written)) {
            return outside(written);
        }
        var real = written.toRealPath();
        if (!isInside(realRoots(), real)) {
            return outside(written);
        }
        if (!Files.isRegularFile(real)) {
            return new NotFetched(Outcome.UNREACHABLE, "not a regular file: " + written);
        }
        if (!Files.isReadable(real)) {
            return new NotFetched(Outcome.UNREACHABLE, "no permission to read " + written);
        }
        long sizeBytes = Files.size(real);
        return sizeBytes > settings.maxBytes()
                ? Fetcher.tooLarge(sizeBytes + " bytes", settings.maxBytes())
                : new Fetched(real, sizeBytes, null);
    }

    private List<Path> roots() throws IOException {
        return Stream.concat(settings.fileRoots().stream(), realRoots().stream())
                .toList();
    }

    private List<Path> realRoots() throws IOException {
        var real = new ArrayList<Path>();
        for (var root : settings.fileRoots()) {
            if (Files.isDirectory(root)) {
                real.add(root.toRealPath());
            }
        }
        return real;
    }

    private static boolean isInside(List<Path> roots, Path path) {
        return roots.stream().anyMatch(path::startsWith);
    }

    private static NotFetched outside(Path path) {
        return refused(path + " is outside the folders that " + FetchSettings.FILE_ROOTS + " allows");
    }

    private static NotFetched refused(String reason) {
        return new NotFetched(Outcome.FORBIDDEN, reason);
    }
}
