package io.weighbridge.app.bench;

import io.weighbridge.app.zoo.save.SavedFormat;
import io.weighbridge.app.zoo.save.SavedTensor;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Times reading one network from every format that this application can write, next to SHA-256 of the same file in the page cache. */
public final class ReadBenchmark {

    private static final Duration UNLIMITED = Duration.ofDays(1);
    private static final int SLAB_WEIGHTS = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 20;

    private final int rounds;
    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());

    private ReadBenchmark(int rounds) {
        this.rounds = rounds;
    }

    /** Takes what is measured of one file after the other. */
    public interface Listener {
        void measured(ReadFigures figures);
    }

    /**
     * Writes the files into a new folder for temporary files, measures one after the other, and removes them.
     *
     * @param rounds that count, 1 or more, after one to warm up; times are their medians
     */
    public static void run(NetworkShape network, int rounds, Listener listener) throws IOException {
        Path folder = Files.createTempDirectory("weighbridge-bench");
        var files = new ArrayList<Path>();
        try {
            write(network, folder, files);
            for (var file : files) {
                listener.measured(new ReadBenchmark(rounds).measure(file));
            }
        } finally {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        }
    }

    private static void write(NetworkShape network, Path folder, List<Path> files) throws IOException {
        var tensors =
                MemoryLayer.of(network).stream().map(ReadBenchmark::tensor).toList();
        for (var format : SavedFormat.values()) {
            var file = folder.resolve(format.name().toLowerCase(Locale.ROOT) + "." + format.extension());
            files.add(file);
            format.write(file, tensors);
        }
        var plain = files.get(SavedFormat.SAFETENSORS.ordinal());
        var zip = folder.resolve("safetensors.zip");
        files.add(zip);
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("model.safetensors"));
            Files.copy(plain, out);
            out.closeEntry();
        }
        var gzip = folder.resolve("safetensors.gz");
        files.add(gzip);
        try (var out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(plain, out);
        }
    }

    private static SavedTensor tensor(MemoryLayer layer) {
        var shape = layer.shape();
        long[] dimensions = shape.kind() == LayerKind.DENSE
                ? new long[] {shape.outputs(), shape.inputs()}
                : new long[] {shape.outputs(), shape.inputs(), shape.side(), shape.side()};
        return SavedTensor.of(layer.name(), dimensions, layer.values());
    }

    private ReadFigures measure(Path file) throws IOException {
        var timings = Timing.of(
                List.of(
                        Contender.of("SHA-256", () -> sha256(file)),
                        Contender.of("read", () -> read(file)),
                        Contender.of("scan", () -> scan(file))),
                rounds,
                Duration.ZERO);
        HeapPeak.reset();
        ResidentPeak.reset();
        var scan = scan(file);
        return new ReadFigures(
                scan.getFormat(),
                file.getFileName().toString(),
                Files.size(file),
                timings.get(0).medianNanos(),
                timings.get(1).medianNanos(),
                timings.get(2).medianNanos(),
                HeapPeak.bytes(),
                ResidentPeak.bytes());
    }

    private static void sha256(Path file) throws IOException {
        var digest = newDigest();
        var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (var channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
        }
        digest.digest();
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void read(Path file) throws IOException {
        try (var bytes = ModelBytes.of(FileRange.open(file), UNLIMITED, Siblings.NONE)) {
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
