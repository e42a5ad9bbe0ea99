package io.weighbridge.hasher.fetch;

import static io.weighbridge.schemas.LogEvent.event;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that downloads are kept in while they are read.
 *
 * <p>Each process has a folder of its own inside, and holds a lock on a file in it for as long as it lives. A folder whose lock is free
 * belongs to a process that is gone, and the next process to start removes it.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final String FOLDER_PREFIX = "process-";
    private static final String LOCK_FILE = "lock";

    /** Folders of this process are never probed: closing a second channel to a lock file would release its lock. */
    private static final String OWN_PREFIX = FOLDER_PREFIX
            + ProcessHandle.current().pid() + "-"
            + ManagementFactory.getRuntimeMXBean().getStartTime() + "-";

    /** A lock file this young may be one that its process has made and not locked yet. */
    private static final Duration STARTING = Duration.ofMinutes(1);

    private final Path folder;
    private final FileLock lock;

    private Spool(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static Spool open(Path spoolFolder) throws IOException {
        Files.createDirectories(spoolFolder);
        removeLeftOvers(spoolFolder);
        var own = Files.createTempDirectory(spoolFolder, OWN_PREFIX);
        var channel = FileChannel.open(own.resolve(LOCK_FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Spool(own, channel.lock());
    }

    /** A new empty file, readable by this user only. */
    Path newFile() throws IOException {
        return Files.createTempFile(folder, "model-", ".part");
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            LOG.warn(event("spool.release.failed"), "spool: cannot release {}", folder, e);
        }
        removeFolder(folder);
    }

    private static void removeLeftOvers(Path spoolFolder) throws IOException {
        try (var folders = Files.newDirectoryStream(spoolFolder, FOLDER_PREFIX + "*")) {
            for (var folder : folders) {
                if (isAbandoned(folder)) {
                    LOG.info(
                            event("spool.leftover.removed"),
                            "spool: removing {}, left by a process that is gone",
                            folder);
                    removeFolder(folder);
                }
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        var lockFile = folder.resolve(LOCK_FILE);
        if (folder.getFileName().toString().startsWith(OWN_PREFIX) || isYoung(lockFile)) {
            return false;
        }
        try (var channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isYoung(Path lockFile) {
        try {
            return Files.getLastModifiedTime(lockFile)
                    .toInstant()
                    .isAfter(Instant.now().minus(STARTING));
        } catch (IOException e) {
            return true;
        }
    }

    /** Files may come and go meanwhile: a download that is cut short removes its own. */
    private static void removeFolder(Path folder) {
        try {
            removeFiles(folder);
            try {
                Files.delete(folder);
            } catch (DirectoryNotEmptyException e) {
                removeFiles(folder);
                Files.delete(folder);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn(event("spool.remove.failed"), "spool: cannot remove {}", folder, e);
        }
    }

    private static void removeFiles(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
