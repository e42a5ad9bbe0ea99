package io.weighbridge.hasher;

import io.weighbridge.hasher.fetch.FolderListing;
import io.weighbridge.hasher.fetch.ListResult.Listed;
import io.weighbridge.hasher.fetch.ListResult.NotListed;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Map<String, Part> parts = new ConcurrentHashMap<>();
    private final Set<String> hashed = ConcurrentHashMap.newKeySet();

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

    /** Scans one of the files; PART if it was read with another, and is no model by itself or was read as a whole. */
    public FileScan scan(String path) {
        return scanWhole(path).orElseGet(() -> PartScan.of(scanAlone(path), whyPart(path), isCovered(path)));
    }

    private FileScan scanAlone(String path) {
        var file = folder.resolve(path).normalize();
        var siblings = new Noted(path, FolderSiblings.of(file));
        var scan = scanner.scan(file, shown(path), UNLIMITED, siblings);
        if (PartScan.hasCodes(scan)) {
            hashed.add(path);
            var opened = siblings.opened;
            opened.paths()
                    .forEach(name ->
                            parts.putIfAbsent(name, new Part(path, opened.isWhole(name), opened.isCovered(name))));
        }
        return scan;
    }

    /** The outcome of a file that needs no scan; empty if it needs one. */
    private Optional<FileScan> scanWhole(String path) {
        var part = parts.get(path);
        if (part == null || !part.isWhole) {
            return Optional.empty();
        }
        try (var bytes = ModelBytes.open(folder.resolve(path), UNLIMITED)) {
            return Optional.of(FileScan.newBuilder()
                    .setPath(shown(path))
                    .setOutcome(Outcome.PART)
                    .setReason(PartScan.readWith(shown(part.with)))
                    .setSha256(FileDigest.sha256(bytes))
                    .setSizeBytes(bytes.sizeBytes())
                    .setCodes(List.of())
                    .build());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> whyPart(String path) {
        var part = parts.get(path);
        return part != null
                ? Optional.of(PartScan.readWith(shown(part.with)))
                : SavedModelFolder.indexOf(path)
                        .filter(hashed::contains)
                        .map(this::shown)
                        .map(PartScan::belongsTo);
    }

    private boolean isCovered(String path) {
        var part = parts.get(path);
        return part != null && part.isCovered;
    }

    private String shown(String path) {
        return folder.resolve(path).toString();
    }

    /**
     * A file that was read with another.
     *
     * @param with the path of the other one
     * @param isWhole whether it needs no scan of its own
     * @param isCovered whether all of it is known to belong to the other one
     */
    private record Part(String with, boolean isWhole, boolean isCovered) {}

    /** Siblings that remembers which of them were opened, by their paths in the folder that is scanned. */
    private static final class Noted implements Siblings {

        private final Siblings siblings;
        private final String below;
        private final OpenedFiles opened;

        Noted(String reader, Siblings siblings) {
            this.siblings = siblings;
            this.below = reader.substring(0, reader.lastIndexOf('/') + 1);
            this.opened = new OpenedFiles(reader);
        }

        @Override
        public Optional<ByteRange> open(String path) throws IOException {
            return siblings.open(path).map(bytes -> opened.noted(below + path, bytes));
        }

        @Override
        public Optional<String> reader() {
            return siblings.reader();
        }
    }
}
