package io.weighbridge.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.demo.DemoModel.Expected;
import io.weighbridge.app.demo.DemoModel.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSetTest {

    private static final int LARGEST_FILE_BYTES = 250_000;
    private static final int LARGEST_SET_BYTES = 2_500_000;

    @TempDir
    private Path folder;

    @Test
    void shouldShipEveryFileAsTheManifestSays() throws IOException {
        var set = DemoSet.load();

        set.extractTo(folder.resolve("new"));

        long total = 0;
        for (var model : set.models()) {
            var file = folder.resolve("new").resolve(model.file());
            assertThat(file).hasSize(model.sizeBytes());
            assertThat(model.sizeBytes()).as(model.file()).isLessThan(LARGEST_FILE_BYTES);
            total += model.sizeBytes();
        }
        assertThat(total).isLessThan(LARGEST_SET_BYTES);
    }

    @Test
    void shouldKnowTheOriginalOfEveryCopy() throws IOException {
        var set = DemoSet.load();
        var originals = set.protectedModels().stream().map(DemoModel::id).toList();

        assertThat(set.uploads())
                .filteredOn(model -> model.expected() == Expected.MATCH)
                .hasSizeGreaterThanOrEqualTo(12)
                .allMatch(model -> originals.contains(model.original()));
        assertThat(set.uploads())
                .filteredOn(model -> model.expected() == Expected.NO_MATCH)
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(model -> model.original() == null);
    }

    @Test
    void shouldGiveEveryModelItsOwnIdAndKeepTheOrder() throws IOException {
        var set = DemoSet.load();

        assertThat(new HashSet<>(set.models().stream().map(DemoModel::id).toList()))
                .hasSameSizeAs(set.models());
        assertThat(set.models()).startsWith(set.protectedModels().toArray(DemoModel[]::new));
        assertThat(set.models()).endsWith(set.uploads().toArray(DemoModel[]::new));
    }

    @Test
    void shouldNameTheFileWhoseContentChanged() throws IOException {
        var real = DemoSet.load().models().get(0);
        var changed = model(real.file(), "00");

        assertThatThrownBy(() -> DemoSet.content(changed))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/demo/" + real.file())
                .hasMessageContaining("expected 00, got " + real.sha256());
    }

    @Test
    void shouldNameTheFileThatIsMissing() {
        assertThatThrownBy(() -> DemoSet.content(model("no-such.zip", "00")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("/demo/no-such.zip");
    }

    @Test
    void shouldRefuseANameThatLeavesTheFolder() {
        assertThatThrownBy(() -> model("../escape.zip", "00")).hasMessageContaining("../escape.zip");
        assertThat(Files.exists(folder.resolve("../escape.zip"))).isFalse();
    }

    private static DemoModel model(String file, String sha256) {
        return new DemoModel(
                file, "a/b", Role.UPLOAD, null, "unrelated", "vgg", 0.9, Expected.NO_MATCH, "a stranger", 0, sha256);
    }
}
