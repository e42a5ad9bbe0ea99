package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiblingsTest {

    @TempDir
    Path outside;

    private Path folder;

    @BeforeEach
    void shouldHaveAFolder() throws IOException {
        folder = Files.createDirectories(outside.resolve("repository/below")).getParent();
        Files.writeString(folder.resolve("model"), "model");
        Files.writeString(folder.resolve("shard"), "shard");
        Files.writeString(folder.resolve("below/deep"), "deep");
        Files.writeString(outside.resolve("secret"), "secret");
    }

    @Test
    void shouldOpenWhatLiesBelowTheFolder() throws IOException {
        try (var model = open()) {
            assertThat(text(model.sibling("shard").orElseThrow())).isEqualTo("shard");
            assertThat(text(model.sibling("below/deep").orElseThrow())).isEqualTo("deep");
            assertThat(model.sibling("missing")).isEmpty();
            assertThat(model.sibling("below")).as("a folder").isEmpty();
        }
    }

    @Test
    void shouldCloseWhatItOpened() throws IOException {
        ModelBytes shard;
        try (var model = open()) {
            shard = model.sibling("shard").orElseThrow();
        }
        assertThatThrownBy(() -> text(shard)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "/etc/passwd",
                "below/../../secret",
                "",
                "below//deep",
                "..\\secret",
                "C:secret",
                "./shard"
            })
    void shouldRefusePathsThatLeadOut(String path) throws IOException {
        try (var model = open()) {
            assertThatThrownBy(() -> model.sibling(path))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage("file " + path + ": expected a path below the folder of the file that names it");
        }
    }

    @Test
    void shouldNotFollowALinkOutOfTheFolder() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("inner"), folder.resolve("shard"));
        try (var model = open()) {
            assertThat(model.sibling("link")).isEmpty();
            assertThat(text(model.sibling("inner").orElseThrow())).isEqualTo("shard");
        }
    }

    private ModelBytes open() throws IOException {
        var model = folder.resolve("model");
        return ModelBytes.of(FileRange.open(model), Duration.ofMinutes(1), FolderSiblings.of(model));
    }

    private static String text(ModelBytes bytes) throws IOException {
        return StandardCharsets.UTF_8
                .decode(bytes.read(0, (int) bytes.sizeBytes(), "text"))
                .toString();
    }
}
