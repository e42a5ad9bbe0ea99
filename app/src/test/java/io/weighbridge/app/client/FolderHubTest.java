package io.weighbridge.app.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderHubTest {

    @TempDir
    private Path folder;

    @Test
    void shouldPushAFileOnceItStandsStill() throws IOException {
        var hub = new FolderHub(folder, "local");
        Path file = Files.writeString(folder.resolve("model.pt"), "half");
        assertThat(hub.poll()).isEmpty();
        Files.writeString(file, "half and half");
        assertThat(hub.poll()).isEmpty();

        assertThat(hub.poll()).containsExactly(new FolderHub.Push("local/model.pt", file));
        assertThat(hub.poll()).isEmpty();
    }

    @Test
    void shouldPushAFileAgainWhenItChanges() throws IOException {
        var hub = new FolderHub(folder, "local");
        Path file = Files.writeString(folder.resolve("model.pt"), "one");
        hub.poll();
        assertThat(hub.poll()).hasSize(1);

        Files.writeString(file, "another");
        hub.poll();
        assertThat(hub.poll()).containsExactly(new FolderHub.Push("local/model.pt", file));
    }

    @Test
    void shouldTakeFoldersForRepositories() throws IOException {
        Path weights = Files.createDirectories(folder.resolve("mallory/resnet/weights"));
        Path file = Files.writeString(weights.resolve("model.bin"), "w");
        var hub = new FolderHub(folder, "local");
        hub.poll();

        assertThat(hub.poll()).containsExactly(new FolderHub.Push("mallory/resnet", file));
    }

    @Test
    void shouldPassOverHiddenAndUnfinishedFiles() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/index"), "x");
        Files.writeString(folder.resolve("model.pt.part"), "x");
        Files.writeString(folder.resolve(".hidden"), "x");
        var hub = new FolderHub(folder, "local");
        hub.poll();

        assertThat(hub.poll()).isEmpty();
    }

    @Test
    void shouldSkipWhatIsThere() throws IOException {
        Files.writeString(folder.resolve("old.pt"), "x");
        var hub = new FolderHub(folder, "local");
        hub.skipExisting();
        Path file = Files.writeString(folder.resolve("new.pt"), "x");
        hub.poll();

        assertThat(hub.poll()).containsExactly(new FolderHub.Push("local/new.pt", file));
    }
}
