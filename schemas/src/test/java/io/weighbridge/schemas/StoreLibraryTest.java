package io.weighbridge.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;

/** By processes of their own, since a process loads the library once. */
class StoreLibraryTest {

    private static final int KILLED = 137;

    @TempDir
    private Path folder;

    private Path temporary;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createDirectories(folder.resolve("tmp"));
    }

    /** Uses RocksDB, and ends as by kill -9. */
    static final class Killed {

        private Killed() {}

        public static void main(String... arguments) {
            StoreLibrary.loadFrom(Path.of(arguments[0]));
            RocksDB.loadLibrary();
            new LRUCache(1 << 20);
            Runtime.getRuntime().halt(KILLED);
        }
    }

    @Test
    void shouldLeaveOneFileHoweverOftenTheProcessIsKilled() throws Exception {
        for (int i = 0; i < 2; i++) {
            kill(folder.resolve("native"));
        }

        assertThat(files(folder.resolve("native"))).singleElement().asString().contains("librocksdbjni");
        assertThat(files(temporary)).isEmpty();
    }

    @Test
    void shouldLoadItFromTheTemporaryFilesWhereItCannotBeUnpacked() throws Exception {
        kill(Files.createFile(folder.resolve("a-file")));

        assertThat(files(temporary)).singleElement().asString().contains("librocksdbjni");
    }

    private void kill(Path libraries) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName(),
                        libraries.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(KILLED);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
