package io.weighbridge.app.bench;

import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Times reading one network from every format that this application can write, next to SHA-256 of the same files in the page cache. */
public final class ReadBenchmark {

    private static final Duration UNLIMITED = Duration.ofDays(1);
    private static final int SLAB_WEIGHTS = 1 << 20;

    private final int rounds;
    private final DigestPeer peer;
    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());

    private ReadBenchmark(int rounds, DigestPeer peer) {
        this.rounds = rounds;
        this.peer = peer;
    }

    /** Takes what is measured of one file after the other. */
    public interface Listener {
        void measured(ReadFigures figures);
    }

    /**
     * Writes the files into a new folder for temporary files, measures one after the other, and removes them.
     *
     * @param peer what computes SHA-256, to compare with
     * @param rounds that count, 1 or more, after one to warm up; times are their medians
     */
    public static void run(NetworkShape network, DigestPeer peer, int rounds, Listener listener) throws IOException {
        Path folder = Files.createTempDirectory("weighbridge-bench");
        try {
            for (var file : ReadFixtures.write(network, folder)) {
                listener.measured(new ReadBenchmark(rounds, peer).measure(file));
            }
        } finally {
            remove(folder);
        }
    }

    /** The same with files that are there already. */
    public static void run(List<Path> files, DigestPeer peer, int rounds, Listener listener) throws IOException {
        for (Path file : files) {
            listener.measured(new ReadBenchmark(rounds, peer).measure(BenchFile.of(file)));
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private ReadFigures measure(BenchFile model) throws IOException {
        var file = model.main();
        var timings = Timing.of(
                List.of(
                        Contender.of("SHA-256", () -> peer.digest(model.all())),
                        Contender.of("read", () -> read(file)),
                        Contender.of("scan", () -> scan(file))),
                rounds,
                Duration.ZERO);
        HeapPeak.reset();
        ResidentPeak.reset();
        var scan = scan(file);
        return new ReadFigures(
                scan.getFormat(),
                model.name(),
                model.sizeBytes(),
                timings.get(0).medianNanos(),
                timings.get(1).medianNanos(),
                timings.get(2).medianNanos(),
                HeapPeak.bytes(),
                ResidentPeak.bytes());
    }

    private static void read(Path file) throws IOException {
        try (var bytes = ModelBytes.of(FileRange.open(file), UNLIMITED, FolderSiblings.of(file))) {
            for (var layer : ModelFormats.of(bytes, ReadLimits.STANDARD)
                    .read(bytes, ReadLimits.STANDARD)
                    .layers()) {
                read(layer);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void read(WeightLayer layer) {
        int each = layer.inputs() * layer.positions();
        int most = Math.max(1, Math.min(layer.outputs(), SLAB_WEIGHTS / each));
        var slab = new float[most * each];
        for (int from = 0; from < layer.outputs(); from += most) {
            layer.read(from, Math.min(most, layer.outputs() - from), slab);
        }
    }

    private FileScan scan(Path file) throws IOException {
        var scan = scanner.scan(file, file.getFileName().toString());
        if (scan.getOutcome() != Outcome.HASHED) {
            throw new IOException(file.getFileName() + ": " + scan.getOutcome() + ": " + scan.getReason());
        }
        return scan;
    }
}
