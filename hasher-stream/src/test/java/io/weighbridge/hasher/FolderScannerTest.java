package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose indexes hold the name of one other file. */
class FolderScannerTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("net"));
        Files.writeString(folder.resolve("net/a.bin"), "part");
        Files.writeString(folder.resolve("net/b.bin"), "alone");
        Files.writeString(folder.resolve("net/m.index.json"), "a.bin");
        Files.writeString(folder.resolve("README.md"), "text");
    }

    @Test
    void shouldTellWhatWasReadWithAnIndexAndIsNoModel() throws IOException {
        var scans = FolderScanner.of(folder, 10, this::scan);

        assertThat(scans.first()).containsExactly("net/m.index.json");
        assertThat(scans.rest()).containsExactly("net/a.bin", "net/b.bin");
        assertThat(scans.leftOut()).isEqualTo(1);
        assertThat(scans.scan("net/m.index.json").getOutcome()).isEqualTo(Outcome.HASHED);
        var part = scans.scan("net/a.bin");
        assertThat(part.getOutcome()).isEqualTo(Outcome.PART);
        assertThat(part.getReason()).isEqualTo("read with " + folder.resolve("net/m.index.json"));
        assertThat(scans.scan("net/b.bin").getOutcome()).isEqualTo(Outcome.HASHED);
    }

    @Test
    void shouldLeavePartsOfAnIndexThatHasNoCodeAsTheyAre() throws IOException {
        Files.writeString(folder.resolve("net/m.index.json"), "none.bin");
        var scans = FolderScanner.of(folder, 10, this::scan);

        assertThat(scans.scan("net/m.index.json").getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scans.scan("net/a.bin").getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldNotListAFolderOfTooManyFiles() {
        assertThatThrownBy(() -> FolderScanner.of(folder, 3, this::scan))
                .hasMessage("weighbridge.fetch.list.max.files: expected at most 3 files, got more in " + folder);
    }

    private FileScan scan(Path file, String path, Duration limit, Siblings siblings) {
        var scan = FileScan.newBuilder().setPath(path).setOutcome(Outcome.HASHED);
        try {
            if (path.endsWith(".index.json")) {
                var part = siblings.open(Files.readString(file));
                if (part.isEmpty()) {
                    return scan.setOutcome(Outcome.MALFORMED).build();
                }
                ((Closeable) part.get()).close();
            }
            return scan.setOutcome(path.endsWith("a.bin") ? Outcome.UNSUPPORTED : Outcome.HASHED)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
