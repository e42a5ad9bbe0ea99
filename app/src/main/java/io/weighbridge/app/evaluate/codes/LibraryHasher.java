package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.LibraryCodes.Unhashed;
import io.weighbridge.app.progress.Progress;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes the files of libraries in all columns: several files at a time, each read once for all columns whose code is not known yet.
 * Codes are found again by the content of the file, whichever library it is in.
 */
public final class LibraryHasher {

    private static final int CHUNK_BYTES = 1 << 18;

    private final List<Single> columns;
    private final List<CodeCache> caches = new ArrayList<>();
    private final int threads;
    private final Progress progress;

    /**
     * @param cache folder in which codes are kept
     * @param threads files hashed at a time
     */
    public LibraryHasher(List<Single> columns, Path cache, int threads, Progress progress) throws IOException {
        this.columns = List.copyOf(columns);
        this.threads = threads;
        this.progress = progress;
        for (var column : columns) {
            caches.add(CodeCache.open(cache, column));
        }
    }

    /** The codes of all models of a library; what cannot be hashed is listed with its reason. */
    public LibraryCodes hash(Path folder, List<LibraryModel> models) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var done = new AtomicInteger();
            var rows = new ArrayList<Future<Row>>();
            for (var model : models) {
                rows.add(pool.submit(() -> {
                    var row = row(folder.resolve(model.file()));
                    tell(done, models.size());
                    return row;
                }));
            }
            return gather(folder, models, rows);
        } finally {
            pool.shutdownNow();
        }
    }

    private void tell(AtomicInteger done, int total) {
        synchronized (progress) {
            progress.at("hashing", done.incrementAndGet(), total);
        }
    }

    private LibraryCodes gather(Path folder, List<LibraryModel> models, List<Future<Row>> rows)
            throws IOException, InterruptedException {
        var hashed = new ArrayList<LibraryModel>();
        var unhashed = new ArrayList<Unhashed>();
        var codes = new HashMap<String, List<PerceptualCode>>();
        columns.forEach(column -> codes.put(column.id(), new ArrayList<>()));
        for (int i = 0; i < models.size(); i++) {
            var model = models.get(i);
            var row = resultOf(rows.get(i), model);
            if (row.fault().isPresent()) {
                var scan = row.fault().get();
                unhashed.add(new Unhashed(model, scan.getOutcome().name(), reason(scan, folder)));
            } else {
                hashed.add(model);
                for (int c = 0; c < columns.size(); c++) {
                    codes.get(columns.get(c).id()).add(row.codes().get(c));
                }
            }
        }
        return new LibraryCodes(hashed, codes, unhashed);
    }

    /** Why there is no code; some reasons quote the file's path, and what is reported holds no path of this machine. */
    private static Optional<String> reason(FileScan scan, Path folder) {
        return Optional.ofNullable(scan.getReason()).map(reason -> reason.replace(folder + File.separator, ""));
    }

    /**
     * What hashing one file came to.
     *
     * @param codes one for each column, unless there is a fault
     */
    private record Row(List<PerceptualCode> codes, Optional<FileScan> fault) {}

    private Row row(Path file) throws IOException {
        var known = new HashMap<Integer, PerceptualCode>();
        String sha256 = Files.isRegularFile(file) ? sha256(file) : "";
        for (int c = 0; c < columns.size(); c++) {
            int column = c;
            caches.get(c).get(sha256).ifPresent(code -> known.put(column, code));
        }
        if (known.size() < columns.size()) {
            var fault = scan(file, known);
            if (fault.isPresent()) {
                return new Row(List.of(), fault);
            }
            known.forEach((column, code) -> caches.get(column).put(sha256, code));
        }
        var codes = new ArrayList<PerceptualCode>();
        for (int c = 0; c < columns.size(); c++) {
            codes.add(known.get(c));
        }
        return new Row(codes, Optional.empty());
    }

    /** Adds the codes that are missing, or tells why there are none. The scanner is the product's own. */
    private Optional<FileScan> scan(Path file, Map<Integer, PerceptualCode> known) {
        var missing = new ArrayList<Integer>();
        for (int c = 0; c < columns.size(); c++) {
            if (!known.containsKey(c)) {
                missing.add(c);
            }
        }
        var hasher = ModelHasher.of(
                missing.stream().map(c -> columns.get(c).algorithm()).toList());
        var name = String.valueOf(file.getFileName());
        var scan = new ModelScanner(ReadLimits.STANDARD, hasher).scan(file, name);
        if (scan.getOutcome() != Outcome.HASHED) {
            return Optional.of(scan);
        }
        for (int m = 0; m < missing.size(); m++) {
            var id = columns.get(missing.get(m)).algorithm().id();
            var words = scan.getCodes().get(m).getWords().array();
            known.put(missing.get(m), PerceptualCode.fromBytes(id, words));
        }
        return Optional.empty();
    }

    private static String sha256(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var chunk = new byte[CHUNK_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static Row resultOf(Future<Row> row, LibraryModel model) throws IOException, InterruptedException {
        try {
            return row.get();
        } catch (ExecutionException e) {
            throw new IOException(model.file() + ": " + e.getCause().getMessage(), e.getCause());
        }
    }
}
