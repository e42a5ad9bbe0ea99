package io.weighbridge.alerting.sink.ocsf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Lines in a file that is put aside, under a name with the time, when it is large or its day is over. One process at a time writes it, as a
 * lock on the file {@code NAME.lock} beside it says.
 */
final class RotatingFile implements AutoCloseable {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final long maxBytes;
    private final boolean isDaily;
    private final Clock clock;
    private final FileChannel lock;
    private LineFile current;
    private LocalDate day;

    /** @throws IOException if the file cannot be written, or another process writes it */
    RotatingFile(OcsfSettings settings, Clock clock) throws IOException {
        file = settings.file().toAbsolutePath();
        maxBytes = settings.maxBytes();
        isDaily = settings.isDaily();
        this.clock = clock;
        Files.createDirectories(file.getParent());
        lock = locked(file.resolveSibling(file.getFileName() + ".lock"));
        try {
            open();
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Appends lines, all to one file; they are on the disk when this returns.
     *
     * @param lines one or more, each with its line break
     * @throws IOException if it may be tried again
     */
    void append(byte[] lines) throws IOException {
        try {
            if (current == null) {
                open();
            }
            if (isOver(lines.length)) {
                putAside();
            }
            current.append(lines);
            day = today();
        } catch (IOException e) {
            closeCurrent(); // relies on: opening removes what is left of a torn line
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            closeCurrent();
        }
    }

    private void open() throws IOException {
        day = Files.exists(file)
                ? LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC)
                : today();
        current = LineFile.open(file);
    }

    private boolean isOver(int moreBytes) {
        boolean isFull = current.sizeBytes() + moreBytes > maxBytes;
        return current.sizeBytes() > 0 && (isFull || isDaily && !today().equals(day));
    }

    private void putAside() throws IOException {
        closeCurrent();
        Files.move(file, file.resolveSibling(nameAside()));
        LineFile.syncFolder(file);
        open();
    }

    /** {@code alerts.jsonl} becomes {@code alerts-20261130T171500123Z.jsonl}. */
    private String nameAside() {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        return name.substring(0, dot) + "-" + STAMP.format(clock.instant()) + name.substring(dot);
    }

    private void closeCurrent() throws IOException {
        if (current != null) {
            LineFile closing = current;
            current = null;
            closing.close();
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static FileChannel locked(Path lockFile) throws IOException {
        var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // this very process writes it: the same as another one
        } finally {
            if (held == null) {
                channel.close();
            }
        }
        if (held == null) {
            throw new IOException(lockFile + " is locked: another process writes this file");
        }
        return channel;
    }
}
