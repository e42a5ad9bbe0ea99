package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {

    @TempDir
    private Path data;

    @Test
    void shouldGiveEachProcessAFolderOfItsOwn() throws IOException {
        try (var first = StateFolder.in(data);
                var second = StateFolder.in(data)) {
            assertThat(first.path()).isEqualTo(data.resolve("state-1"));
            assertThat(second.path()).isEqualTo(data.resolve("state-2"));
        }
    }

    @Test
    void shouldGiveBackTheFolderThatWasLeft() throws IOException {
        try (var first = StateFolder.in(data)) {
            assertThat(first.path()).isEqualTo(data.resolve("state-1"));
        }
        try (var again = StateFolder.in(data)) {
            assertThat(again.path()).isEqualTo(data.resolve("state-1"));
        }
    }
}
