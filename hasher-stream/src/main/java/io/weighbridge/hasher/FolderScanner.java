package io.weighbridge.hasher;

import io.weighbridge.hasher.fetch.FolderListing;
import io.weighbridge.hasher.fetch.ListResult.Listed;
import io.weighbridge.hasher.fetch.ListResult.NotListed;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Scans the files of a folder on this machine, and tells those that were read with another. Files may be scanned by many threads, if all of
 * {@link #first} are done before the {@link #rest} are begun.
 */
public final class FolderScanner {

    private static final Duration UNLIMITED = Duration.ofDays(1);
    private static final int MAX_FILES = 100_000;

    private final Path folder;
    private final Scanner scanner;
    private final List<String> paths;
    private final int leftOut;
    private final Map<Path, String> parts = new ConcurrentHashMap<>();

    /** Scans a file on this machine under a name, within a time, with its siblings. */
    @FunctionalInterface
    interface Scanner {
        FileScan scan(Path file, String path, Duration limit, Siblings siblings);
    }

    private FolderScanner(Path folder, Scanner scanner, Listed files) {
        this.folder = folder;
        this.scanner = scanner;
        paths = files.models().stream().map(ModelFile::getPath).toList();
        leftOut = files.others().size();
    }

    /**
     * Looks at what is in a folder.
     *
     * @throws IOException if it cannot be listed, or holds too many files
     */
    public static FolderScanner of(Path folder, ModelScanner scanner) throws IOException {
        return of(folder, MAX_FILES, scanner::scan);
    }

    static FolderScanner of(Path folder, int maxFiles, Scanner scanner) throws IOException {
        var listing = new FolderListing(maxFiles).list(folder);
        if (listing instanceof NotListed not) {
            throw new IOException(not.reason());
        }
        return new FolderScanner(folder, scanner, (Listed) listing);
    }

    /** Paths of the files that others may be read with. */
    public List<String> first() {
        return paths.stream().filter(ReadingOrder::isFirst).toList();
    }

    /** Paths of all other files that may be models. */
    public List<String> rest() {
        return paths.stream().filter(path -> !ReadingOrder.isFirst(path)).toList();
    }

    /** How many files can be no models by their names. */
    public int leftOut() {
        return leftOut;
    }

    /** Scans one of the files; PART if it was read with another and is no model by itself. */
    public FileScan scan(String path) {
        var file = folder.resolve(path).normalize();
        String shown = folder.resolve(path).toString();
        var siblings = new Noted(FolderSiblings.of(file));
        var scan = scanner.scan(file, shown, UNLIMITED, siblings);
        if (scan.getOutcome() == Outcome.HASHED) {
            siblings.opened()
                    .forEach(name -> parts.put(file.resolveSibling(name).normalize(), shown));
        }
        String reader = parts.get(file);
        boolean isPart = reader != null && RequestScanner.IS_NO_MODEL.contains(scan.getOutcome());
        return isPart
                ? FileScan.newBuilder(scan)
                        .setOutcome(Outcome.PART)
                        .setReason("read with " + reader)
                        .build()
                : scan;
    }

    /** Siblings that remembers which of them were opened. */
    private static final class Noted implements Siblings {

        private final Siblings siblings;
        private final List<String> opened = new ArrayList<>();

        Noted(Siblings siblings) {
            this.siblings = siblings;
        }

        @Override
        public Optional<ByteRange> open(String path) throws IOException {
            var found = siblings.open(path);
            if (found.isPresent()) {
                opened.add(path);
            }
            return found;
        }

        List<String> opened() {
            return opened;
        }
    }
}
