package io.weighbridge.app.operate.reset;

import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/** The folders on this machine in which Kafka Streams keeps the state of an application. */
final class LocalState {

    /** Kafka Streams holds a lock on this file of the folder as long as its process runs. */
    private static final String PROCESS_FILE = "kafka-streams-process-metadata";

    private LocalState() {}

    /**
     * Those that exist: in {@code state.dir} if it is set, else where {@code up} and {@code run} make them in their data folder.
     *
     * @throws IOException if the data folder cannot be read
     */
    static List<Path> folders(Settings settings, Path data, String applicationId) throws IOException {
        String chosen = settings.text(StreamsConfig.STATE_DIR_CONFIG, "");
        var parents = chosen.isEmpty() ? parentsIn(data) : List.of(Path.of(chosen));
        return parents.stream()
                .map(parent -> parent.resolve(applicationId))
                .filter(Files::isDirectory)
                .sorted()
                .toList();
    }

    /**
     * Deletes a folder.
     *
     * @throws IOException if a process uses it, or it cannot be deleted
     */
    static void delete(Path folder) throws IOException {
        requireUnused(folder);
        Utils.delete(folder.toFile());
    }

    private static void requireUnused(Path folder) throws IOException {
        Path file = folder.resolve(PROCESS_FILE);
        if (!Files.exists(file)) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse(folder);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(folder);
        }
    }

    private static IOException inUse(Path folder) {
        return new IOException("state folder " + folder + ": in use by a running process; stop it first");
    }

    private static List<Path> parentsIn(Path data) throws IOException {
        var parents = new ArrayList<Path>();
        if (Files.isDirectory(data)) {
            try (var files = Files.newDirectoryStream(
                    data,
                    path -> Files.isDirectory(path)
                            && path.getFileName().toString().matches("state(-\\d+)?"))) {
                files.forEach(parents::add);
            }
        }
        return parents;
    }
}
