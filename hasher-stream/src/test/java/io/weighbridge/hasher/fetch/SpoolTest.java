package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    private Path folder;

    @Test
    void shouldRemoveAllOfItsFilesWhenClosed() throws IOException {
        try (var spool = Spool.open(folder)) {
            var file = spool.newFile();
            Files.writeString(file, "bytes");
            assertThat(file).exists();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRemoveWhatACrashedProcessLeft() throws IOException {
        var left = folderOfAnotherProcess();
        Files.writeString(left.resolve("model-1.part"), "bytes");
        Spool.open(folder).close();

        assertThat(left).doesNotExist();
    }

    @Test
    void shouldLeaveAloneAProcessThatIsJustStarting() throws IOException {
        var starting = folderOfAnotherProcess();
        Files.setLastModifiedTime(starting.resolve("lock"), FileTime.from(Instant.now()));
        Spool.open(folder).close();

        assertThat(starting).exists();
    }

    @Test
    void shouldLeaveAloneAnotherSpoolOfThisProcess() throws IOException {
        try (var first = Spool.open(folder)) {
            var file = first.newFile();
            Files.setLastModifiedTime(file.resolveSibling("lock"), FileTime.from(Instant.EPOCH));
            Spool.open(folder).close();
            assertThat(file).exists();
        }
    }

    @Test
    void shouldLeaveAloneAProcessThatLives() throws IOException {
        var other = folderOfAnotherProcess();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        other.resolve("lock").toString())
                .start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(other.resolve("held")));
            Spool.open(folder).close();
            assertThat(other).exists();
        } finally {
            process.destroyForcibly();
        }
        await().until(() -> !process.isAlive());
        Spool.open(folder).close();
        assertThat(other).doesNotExist();
    }

    private Path folderOfAnotherProcess() throws IOException {
        var other = Files.createDirectory(folder.resolve("process-1-2-3"));
        var lock = Files.createFile(other.resolve("lock"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
        return other;
    }

    /** Another process that holds a spool folder's lock until it is killed. */
    static final class LockHolder {

        private LockHolder() {}

        public static void main(String[] lockFile) throws Exception {
            var path = Path.of(lockFile[0]);
            try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.lock();
                Files.createFile(path.resolveSibling("held"));
                System.in.read();
            }
        }
    }
}
