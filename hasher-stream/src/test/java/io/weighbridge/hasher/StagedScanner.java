package io.weighbridge.hasher;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A scanner directed by the test: files that hold {@code model} are hashed, files that hold {@code boom} or {@code crash} throw, all others
 * are of an unknown format; a path that is held is not done before it is released.
 */
final class StagedScanner implements FileScanner {

    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> interrupted = new CopyOnWriteArrayList<>();

    void hold(String path) {
        gates.put(path, new CountDownLatch(1));
    }

    void release(String path) {
        gates.get(path).countDown();
    }

    /** Paths, in the order their scans began. */
    List<String> begun() {
        return begun;
    }

    List<String> interrupted() {
        return interrupted;
    }

    @Override
    public FileScan scan(ByteRange file, String path, Duration limit, Siblings siblings) {
        begun.add(path);
        var gate = gates.get(path);
        try {
            if (gate != null) {
                gate.await();
            }
            return read(file, path);
        } catch (InterruptedException e) {
            interrupted.add(path);
            Thread.currentThread().interrupt();
            return FileScan.newBuilder()
                    .setPath(path)
                    .setOutcome(Outcome.FAILED)
                    .build();
        } finally {
            close(file);
        }
    }

    /** Closes the file as a real scan does. */
    private static void close(ByteRange file) {
        try {
            ((FileRange) file).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileScan read(ByteRange file, String path) {
        String content = content(file);
        return switch (content.strip()) {
            case "boom" -> throw new IllegalStateException("boom in " + path);
            case "crash" -> throw new StackOverflowError("crash in " + path);
            default ->
                FileScan.newBuilder(TestRecords.fileScan())
                        .setPath(path)
                        .setSha256(sha256(content))
                        .setOutcome(content.startsWith("model") ? Outcome.HASHED : Outcome.UNSUPPORTED)
                        .setReason(content.startsWith("model") ? null : "unknown format")
                        .setFormat(content.startsWith("model") ? "safetensors" : null)
                        .setCodes(content.startsWith("model") ? List.of(TestRecords.code("pri", 1)) : List.of())
                        .build();
        };
    }

    private static String content(ByteRange file) {
        try {
            var bytes = ByteBuffer.allocate((int) file.sizeBytes());
            file.readInto(bytes, 0, "file");
            return new String(bytes.array(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
