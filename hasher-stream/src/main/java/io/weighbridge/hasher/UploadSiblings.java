package io.weighbridge.hasher;

import io.weighbridge.hasher.HashTurns.Turn;
import io.weighbridge.hasher.UploadFiles.FileRead;
import io.weighbridge.hasher.fetch.FetchResult.Available;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The other files of an upload as one of its files sees them: paths are relative to that file's folder. Remembers which were opened, and why one
 * could not be.
 */
final class UploadSiblings implements Siblings {

    private final ModelFile reader;
    private final UploadFiles files;
    private final Turn turn;
    private final Duration limit;
    private final Map<String, FileRead> opened = new LinkedHashMap<>();
    private final OpenedFiles read;
    private NotFetched failure;
    private boolean isAlone = true;

    /**
     * @param turn given up while siblings are fetched
     * @param limit for checking the bytes of a sibling against its digest
     */
    UploadSiblings(ModelFile reader, UploadFiles files, Turn turn, Duration limit) {
        this.reader = reader;
        this.files = files;
        this.turn = turn;
        this.limit = limit;
        this.read = new OpenedFiles(reader.getPath());
    }

    @Override
    public Optional<ByteRange> open(String path) throws IOException {
        isAlone = false;
        String folder = reader.getPath().substring(0, reader.getPath().lastIndexOf('/') + 1);
        var found = found(folder + path, path);
        return found.isEmpty() ? Optional.empty() : Optional.of(open(found.get()));
    }

    @Override
    public Optional<String> reader() {
        return Optional.of(reader.getPath().substring(reader.getPath().lastIndexOf('/') + 1));
    }

    private Optional<ModelFile> found(String path, String name) throws IOException {
        try {
            var known = files.at(path);
            return turn.without(() -> present(known.isPresent() ? known : files.beside(reader, path, name)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    private Optional<ModelFile> present(Optional<ModelFile> found) throws InterruptedException {
        return found.isPresent() && files.isAbsent(found.get()) ? Optional.empty() : found;
    }

    private ByteRange open(ModelFile file) throws IOException {
        try {
            var result = turn.without(() -> files.keep(file));
            if (result instanceof NotFetched not) {
                throw failed(file, not);
            }
            var bytes = (Available) result;
            if (!opened.containsKey(file.getPath())) {
                opened.put(file.getPath(), checked(file, bytes));
            }
            return read.noted(file.getPath(), turn.opened(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    /** A part whose bytes are not those the hub speaks of must not give the whole a code. */
    private FileRead checked(ModelFile file, Available bytes) throws IOException {
        String found;
        try (var source = ModelBytes.of(turn.opened(bytes), limit, Siblings.NONE)) {
            found = FileDigest.sha256(source);
        }
        String stated = file.getSha256();
        if (stated != null && !stated.equalsIgnoreCase(found)) {
            throw failed(
                    file, new NotFetched(Outcome.DIGEST_MISMATCH, "sha256: expected " + stated + ", got " + found));
        }
        return new FileRead(reader.getPath(), found, bytes.sizeBytes(), false, false);
    }

    private IOException failed(ModelFile file, NotFetched why) {
        failure = new NotFetched(why.outcome(), file.getPath() + ": " + why.reason());
        return new IOException(failure.reason());
    }

    private FileRead judged(String path, FileRead part) {
        return new FileRead(part.with(), part.sha256(), part.sizeBytes(), read.isWhole(path), read.isCovered(path));
    }

    /** Whether the reader asked for no other file, also for none that there is not: its scan depends on its own bytes alone. */
    boolean isAlone() {
        return isAlone;
    }

    /** Takes in what the scan of the reader came to: its parts need no scan of their own, and what kept it from a part is its outcome. */
    FileScan judge(FileScan scan) {
        if (PartScan.hasCodes(scan)) {
            files.noteHashed(reader.getPath());
            opened.forEach((path, part) -> files.readAsPart(path, judged(path, part)));
            return scan;
        }
        return failure == null
                ? scan
                : FileScan.newBuilder(scan)
                        .setOutcome(failure.outcome())
                        .setReason(failure.reason())
                        .build();
    }
}
