package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the spool is full: the copy leads to the device that every write to fails as on a full disk. */
@EnabledOnOs(OS.LINUX)
class FullSpoolTest {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    private HttpStage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void fill() throws IOException {
        var copy = stage.spooled().get(0);
        Files.delete(copy);
        Files.createSymbolicLink(copy, FULL);
    }

    private void empty() throws IOException {
        var copy = stage.spooled().get(0);
        Files.delete(copy);
        Files.createFile(copy);
    }

    /** Three attempts are for the failures of hosts; a disk that is full is tried until the deadline. */
    @Test
    void shouldFetchTheFileOnceThereIsRoomHoweverOftenItMustAsk() throws Exception {
        String url = stage.on("/a", exchange -> {
            if (stage.requests.size() <= 5) {
                fill();
            } else {
                empty();
            }
            HttpStage.body(new byte[900]).to(exchange);
        });

        assertThat(stage.fetch(url, Map.of())).isInstanceOf(Fetched.class);
        assertThat(stage.received.get()).hasSize(900);
        assertThat(stage.requests).hasSize(6);
    }
}
