package io.weighbridge.hasher;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Scans of bytes that were hashed by this process before, by their SHA-256: what a hub says has that digest need not be fetched again, since equal bytes
 * have equal codes. Only scans that looked at no other file count, and only digests that were found in the bytes. The ones used last are kept. Safe for use by
 * many threads.
 */
final class KnownScans {

    /** Records of layers take the memory; that many are kept in all. */
    private static final int MOST_LAYERS = 100_000;

    private final int most;
    private final Map<String, FileScan> scans = new LinkedHashMap<>(16, 0.75f, true);
    private int layers;

    /** @param most scans that are kept; 0 for none */
    KnownScans(int most) {
        this.most = most;
    }

    /** The scan of the bytes that the file is said to have. */
    synchronized Optional<FileScan> of(ModelFile file) {
        return Optional.ofNullable(file.getSha256())
                .map(digest -> scans.get(digest.toLowerCase(Locale.ROOT)))
                .map(scan -> FileScan.newBuilder(scan).setPath(file.getPath()).build());
    }

    /** Keeps the scan, if it is one that has codes. */
    synchronized void add(FileScan scan) {
        if (scan.getOutcome() != Outcome.HASHED || scan.getSha256() == null) {
            return;
        }
        forget(scan.getSha256().toLowerCase(Locale.ROOT));
        scans.put(scan.getSha256().toLowerCase(Locale.ROOT), scan);
        layers += layers(scan);
        while (scans.size() > most || layers > MOST_LAYERS) {
            forget(scans.keySet().iterator().next());
        }
    }

    private void forget(String digest) {
        var scan = scans.remove(digest);
        layers -= scan == null ? 0 : layers(scan);
    }

    private static int layers(FileScan scan) {
        return scan.getLayers() == null ? 0 : scan.getLayers().size();
    }
}
