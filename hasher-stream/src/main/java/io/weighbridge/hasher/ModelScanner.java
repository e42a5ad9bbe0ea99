package io.weighbridge.hasher;

import io.weighbridge.hash.HashResult;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.hasher.format.TimeLimitException;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Scans one model file: recognises its format, reads its weights, hashes them. Whatever the file holds, the answer is a
 * {@link FileScan} with exactly one outcome. Safe for use by many threads.
 */
public final class ModelScanner {

    private static final Duration UNLIMITED = Duration.ofDays(1);

    private static final int MAX_REASON = 500;

    private final ReadLimits limits;
    private final ModelHasher hasher;

    public ModelScanner(ReadLimits limits, ModelHasher hasher) {
        this.limits = limits;
        this.hasher = hasher;
    }

    /** Scans a file of a folder on this machine, without a time limit; shards and external data may lie beside it. */
    public FileScan scan(Path file, String path) {
        return scan(file, path, UNLIMITED, FolderSiblings.of(file));
    }

    /** Scans a file on this machine; all else as for bytes that lie anywhere. */
    public FileScan scan(Path file, String path, Duration limit, Siblings siblings) {
        return scan(path, limit, scan -> {
            if (isRegularFile(file, scan)) {
                read(FileRange.open(file), limit, siblings, scan);
            }
        });
    }

    /**
     * Scans a file.
     *
     * @param file its bytes; closed by this, if they can be
     * @param path the name of the file in the outcome
     * @param limit the outcome is TIMED_OUT when it has passed; checked at every read
     * @param siblings the other files of its repository
     * @return never null; FAILED with the thread's interrupt flag set if the thread was interrupted
     */
    public FileScan scan(ByteRange file, String path, Duration limit, Siblings siblings) {
        return scan(path, limit, scan -> read(file, limit, siblings, scan));
    }

    /** What is done to a file, into its outcome. */
    @FunctionalInterface
    private interface Reading {
        void into(FileScan.Builder scan) throws IOException;
    }

    private FileScan scan(String path, Duration limit, Reading reading) {
        var scan =
                FileScan.newBuilder().setPath(path).setOutcome(Outcome.FAILED).setCodes(List.of());
        try {
            reading.into(scan);
        } catch (IOException e) {
            fail(scan, e);
        } catch (UncheckedIOException e) {
            fail(scan, e.getCause());
        } catch (OutOfMemoryError e) {
            fail(
                    scan,
                    Outcome.TOO_LARGE,
                    "not enough memory: the heap holds " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        } catch (StackOverflowError e) {
            fail(scan, Outcome.MALFORMED, "nested too deeply to be read" + in(scan));
        } catch (RuntimeException e) {
            fail(scan, Outcome.FAILED, e + in(scan));
        }
        if (scan.getOutcome() == Outcome.TIMED_OUT && limits.maxTime().compareTo(limit) <= 0) {
            fail(scan, Outcome.TIMED_OUT, scan.getReason() + "; see " + ReadLimits.setting("maxTime"));
        }
        return scan.build();
    }

    private static boolean isRegularFile(Path file, FileScan.Builder scan) {
        if (Files.isRegularFile(file)) {
            return true;
        }
        var reason =
                Files.isDirectory(file) ? "is a directory" : Files.exists(file) ? "is no regular file" : "no such file";
        fail(scan, Outcome.UNREACHABLE, reason);
        return false;
    }

    private void read(ByteRange file, Duration limit, Siblings siblings, FileScan.Builder scan) throws IOException {
        var time = limit.compareTo(limits.maxTime()) < 0 ? limit : limits.maxTime();
        try (var bytes = ModelBytes.of(file, time, siblings)) {
            read(bytes, scan);
        }
    }

    private void read(ModelBytes file, FileScan.Builder scan) throws IOException {
        scan.setSizeBytes(file.sizeBytes());
        scan.setSha256(FileDigest.sha256(file));
        ModelFormat format = ModelFormats.of(file, limits);
        scan.setFormat(format.id());
        var weights = format.read(file, limits);
        scan.setFormat(weights.format());
        scan.setTensors(weights.tensors()).setParameters(weights.parameters());
        hash(weights, scan);
    }

    private void hash(ModelWeights weights, FileScan.Builder scan) {
        if (weights.layers().isEmpty()) {
            fail(scan, Outcome.NO_WEIGHTS, weights.whyNoLayers() + also(weights));
            return;
        }
        var result = hasher.hash(weights.layers());
        scan.setQuality(result.quality());
        if (result instanceof HashResult.Degenerate degenerate) {
            fail(scan, Outcome.DEGENERATE, degenerate.reason() + also(weights));
        } else if (result instanceof HashResult.Hashed hashed) {
            scan.setOutcome(Outcome.HASHED);
            if (weights.unread() != null) {
                fail(scan, Outcome.PARTIAL, weights.unread());
            }
            scan.setCodes(hashed.codes().stream().map(ModelScanner::code).toList());
            scan.setLayers(hashed.layers().stream().map(LayerRecord::of).toList());
        }
    }

    private static String also(ModelWeights weights) {
        return weights.unread() == null ? "" : "; " + weights.unread();
    }

    private static Code code(PerceptualCode code) {
        return Code.newBuilder()
                .setAlgorithm(code.algorithm().name())
                .setVersion(code.algorithm().version())
                .setBits(code.bits())
                .setWords(ByteBuffer.wrap(code.toBytes()))
                .build();
    }

    private static void fail(FileScan.Builder scan, IOException e) {
        if (e instanceof ModelFormatException content) {
            fail(scan, content.outcome(), content.getMessage());
        } else if (e instanceof TimeLimitException) {
            fail(scan, Outcome.TIMED_OUT, e.getMessage());
        } else if (e instanceof ClosedByInterruptException) {
            fail(scan, Outcome.FAILED, "interrupted");
        } else {
            var what = e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
            fail(scan, Outcome.UNREACHABLE, "cannot be read: " + what);
        }
    }

    private static void fail(FileScan.Builder scan, Outcome outcome, String reason) {
        scan.setOutcome(outcome);
        scan.setReason(printable(reason));
    }

    /** Reasons quote names from the file: cut short and without control characters they are safe to store and to print. */
    private static String printable(String reason) {
        var plain = reason.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= MAX_REASON ? plain : plain.substring(0, MAX_REASON) + "...";
    }

    private static String in(FileScan.Builder scan) {
        return scan.getFormat() == null ? "" : " (reading " + scan.getFormat() + ")";
    }
}
