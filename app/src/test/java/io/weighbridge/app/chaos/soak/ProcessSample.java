package io.weighbridge.app.chaos.soak;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a process took at a moment, by Linux's count.
 *
 * @param seconds since the soak began
 * @param residentBytes memory
 * @param liveBytes heap that was left after the last full collection; 0 if there was none yet, or nobody tells
 * @param diskBytes of its data folder
 */
record ProcessSample(
        long seconds,
        String process,
        long pid,
        long residentBytes,
        long liveBytes,
        long handles,
        long threads,
        long diskBytes) {

    static final String HEAD = "seconds,process,pid,resident_bytes,live_bytes,handles,threads,disk_bytes";

    private static final int KIB = 1024;

    /** Empty if the process is gone. */
    static Optional<ProcessSample> of(long seconds, String process, long pid, long liveBytes, Path data) {
        Path proc = Path.of("/proc", Long.toString(pid));
        try (var handles = Files.list(proc.resolve("fd"))) {
            String status = Files.readString(proc.resolve("status"));
            return Optional.of(new ProcessSample(
                    seconds,
                    process,
                    pid,
                    KIB * field(status, "VmRSS:"),
                    liveBytes,
                    handles.count(),
                    field(status, "Threads:"),
                    size(data)));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    static ProcessSample parse(String line) {
        String[] parts = line.split(",");
        return new ProcessSample(
                Long.parseLong(parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]),
                Long.parseLong(parts[6]),
                Long.parseLong(parts[7]));
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%d,%s,%d,%d,%d,%d,%d,%d",
                seconds,
                process,
                pid,
                residentBytes,
                liveBytes,
                handles,
                threads,
                diskBytes);
    }

    private static long field(String status, String name) {
        return status.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in its status: it is ending"));
    }

    /** Files may vanish meanwhile. */
    private static long size(Path folder) throws IOException {
        var bytes = new AtomicLong();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
