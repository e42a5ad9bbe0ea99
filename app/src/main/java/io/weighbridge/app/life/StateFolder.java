package io.weighbridge.app.life;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of state stores that a process has for itself: the first free one of {@code state-1}, {@code state-2}, … so that several can
 * share a data folder, and one that starts again finds the state it left.
 */
public final class StateFolder implements AutoCloseable {

    private static final int MOST = 256;

    private final Path path;
    private final FileChannel channel;

    private StateFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes a folder until it is closed or the process ends, however it ends.
     *
     * @throws IOException if the data folder cannot be written, or 256 processes use it
     */
    public static StateFolder in(Path data) throws IOException {
        Files.createDirectories(data);
        for (int i = 1; i <= MOST; i++) {
            var channel = FileChannel.open(
                    data.resolve("state-" + i + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                return new StateFolder(data.resolve("state-" + i), channel);
            }
            channel.close();
        }
        throw new IOException(
                data + ": expected fewer than " + MOST + " processes that use it; name another with --data");
    }

    public Path path() {
        return path;
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
