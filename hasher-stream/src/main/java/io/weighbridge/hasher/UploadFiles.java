package io.weighbridge.hasher;

import io.weighbridge.hasher.fetch.FetchResult;
import io.weighbridge.hasher.fetch.FetchResult.Available;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.fetch.Neighbour;
import io.weighbridge.hasher.fetch.SpoolClaim;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one request, as long as it is scanned. What a file asks for to be read with it is fetched once and kept to the end; all others are
 * fetched for their own scan and given up after it. Used by one thread.
 */
final class UploadFiles implements AutoCloseable {

    private final Fetcher fetcher;
    private final HasherMetrics metrics;
    private final long maxKeptBytes;
    private final Map<String, ModelFile> byPath = new HashMap<>();
    private final SpoolClaim claim;
    private final Map<String, FetchResult> kept = new HashMap<>();
    private final Map<String, FileRead> parts = new HashMap<>();
    private final Set<String> hashed = new HashSet<>();
    private final Set<String> lookedFor = new HashSet<>();
    private int named;
    private final Map<String, ModelFile> pinned = new HashMap<>();
    private long keptBytes;

    /**
     * @param claim of all of them together, on time and on the spool
     * @param maxKeptBytes most bytes in the spool of files that are kept, in all
     */
    UploadFiles(List<ModelFile> files, Fetcher fetcher, SpoolClaim claim, HasherMetrics metrics, long maxKeptBytes) {
        this.claim = claim;
        this.fetcher = fetcher;
        this.metrics = metrics;
        this.maxKeptBytes = maxKeptBytes;
        files.forEach(file -> byPath.putIfAbsent(file.getPath(), file));
        named = files.size();
    }

    /** Adds files that others may be read with, but that are not scanned themselves. */
    void addUnscanned(List<ModelFile> files) {
        files.forEach(file -> byPath.putIfAbsent(file.getPath(), file));
        named += files.size();
    }

    /**
     * A file that was read as a part of another.
     *
     * @param isWhole whether it was read by an index of shards, and all of it: else it may hold a model that the other one does not speak of
     * @param isCovered whether all of it is known to belong to the other one
     */
    record FileRead(String with, String sha256, long sizeBytes, boolean isWhole, boolean isCovered) {}

    /** The file at a path of the repository; empty if there is none. */
    Optional<ModelFile> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /**
     * A file that lies beside an index, or beside a graph, that was asked for by itself: no listing tells of it then. Empty if the request names other
     * files too, or this is neither.
     *
     * @param path in the repository
     */
    Optional<ModelFile> beside(ModelFile reader, String path, String name) throws InterruptedException {
        if (!isAlone(reader)) {
            return Optional.empty();
        }
        var found = Neighbour.of(atOneCommit(reader), path, name);
        found.ifPresent(file -> {
            byPath.put(path, file);
            lookedFor.add(path);
        });
        return found;
    }

    /**
     * The index of the variables of a SavedModel whose graph was asked for by itself. Empty if the request names other files too, this is no such graph,
     * or there is no such index.
     */
    Optional<ModelFile> variablesOf(ModelFile graph) throws InterruptedException {
        if (!SavedModelFolder.isGraph(graph.getPath())) {
            return Optional.empty();
        }
        String path = SavedModelFolder.indexOf(graph.getPath()).orElseThrow();
        var index = beside(graph, path, SavedModelFolder.INDEX);
        return index.isPresent() && isAbsent(index.get()) ? Optional.empty() : index;
    }

    /** Whether a file that was only looked for is not there; it is fetched to tell that. */
    boolean isAbsent(ModelFile file) throws InterruptedException {
        return lookedFor.contains(file.getPath()) && keep(file) instanceof NotFetched not && not.isAbsent();
    }

    private boolean isAlone(ModelFile file) {
        return named == 1 && ReadingOrder.namesOthers(file.getPath());
    }

    /** A file and those beside it are of one commit, whatever is pushed meanwhile. */
    private ModelFile atOneCommit(ModelFile alone) throws InterruptedException {
        var found = pinned.get(alone.getPath());
        if (found == null) {
            found = fetcher.pinned(alone, claim.deadline());
            pinned.put(alone.getPath(), found);
        }
        return found;
    }

    /** The bytes of a file for its own scan; given up by {@link #release}. */
    FetchResult fetch(ModelFile file) throws InterruptedException {
        var already = kept.get(file.getPath());
        return already != null && isFirst(file) ? already : measured(file);
    }

    /** Gives up what {@link #fetch} gave, unless it is kept for others. */
    void release(Available bytes) {
        if (!kept.containsValue(bytes)) {
            bytes.close();
        }
    }

    /** The bytes of a file that another is read with, kept until the end of the request. */
    FetchResult keep(ModelFile file) throws InterruptedException {
        var already = kept.get(file.getPath());
        if (already != null) {
            return already;
        }
        var result = measured(file);
        if (result instanceof Available bytes) {
            keptBytes += bytes.spooledBytes();
            if (keptBytes > maxKeptBytes) {
                keptBytes -= bytes.spooledBytes();
                bytes.close();
                result = new NotFetched(
                        Outcome.TOO_LARGE,
                        HasherSettings.MAX_KEPT_BYTES + ": expected at most " + maxKeptBytes
                                + " bytes in the spool of files that are read together, got more");
            }
        }
        kept.put(file.getPath(), result);
        return result;
    }

    /** Notes that a file has codes. */
    void noteHashed(String path) {
        hashed.add(path);
    }

    /** Notes that a file was read with one that has codes. */
    void readAsPart(String path, FileRead read) {
        parts.putIfAbsent(path, read);
    }

    /** Why a file belongs to one that has codes; empty if it does not. */
    Optional<String> whyPart(ModelFile file) {
        var read = partOf(file).map(FileRead::with).map(PartScan::readWith);
        return read.isPresent() || !isFirst(file)
                ? read
                : SavedModelFolder.indexOf(file.getPath())
                        .filter(hashed::contains)
                        .map(PartScan::belongsTo);
    }

    /** Whether all of a file is known to belong to the one that it was read with. */
    boolean isCovered(ModelFile file) {
        return partOf(file).map(FileRead::isCovered).orElse(false);
    }

    /** With which file this one was read; empty if with none. */
    Optional<FileRead> partOf(ModelFile file) {
        return isFirst(file) ? Optional.ofNullable(parts.get(file.getPath())) : Optional.empty();
    }

    /** Whether it is the file that its path stands for: of several under one path, that is the first. */
    private boolean isFirst(ModelFile file) {
        return byPath.get(file.getPath()) == file;
    }

    private FetchResult measured(ModelFile file) throws InterruptedException {
        long startNanos = System.nanoTime();
        var result = fetcher.fetch(isAlone(file) ? atOneCommit(file) : file, claim);
        metrics.fetched(
                Duration.ofNanos(System.nanoTime() - startNanos),
                result instanceof Available bytes ? bytes.sizeBytes() : 0);
        return result;
    }

    @Override
    public void close() {
        for (var result : kept.values()) {
            if (result instanceof Available bytes) {
                bytes.close();
            }
        }
        kept.clear();
    }
}
