package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests whose address is that of a folder stand for the files in it. */
class ExpansionTest {

    @TempDir
    private Path folder;

    private HasherStage stage;

    @BeforeEach
    void open() {
        stage = new HasherStage(folder, Map.of());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldScanTheFilesOfAFolderAndSayHowManyAreLeftOut() throws IOException {
        write("repo/b/model.bin", "model b");
        write("repo/a.bin", "model a");
        write("repo/README.md", "model in name only");
        write("repo/config.json", "{}");
        write("repo/.git/model.bin", "hidden");
        Files.createSymbolicLink(folder.resolve("repo/link.bin"), folder.resolve("repo/a.bin"));
        stage.publish(upload("repo"));

        var outcome = outcome();
        assertThat(outcome.getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcome.getFiles()).extracting(FileScan::getPath).containsExactly("a.bin", "b/model.bin");
        assertThat(outcome.getReason()).isEqualTo("2 files left out by their names, such as README.md");
        assertThat(stage.codes()).hasSize(2);
    }

    @Test
    void shouldTellAFolderWithoutModels() throws IOException {
        write("repo/README.md", "text");
        stage.publish(upload("repo"));

        assertThat(outcome().getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
        assertThat(outcome().getReason()).isEqualTo("no file that may be a model; README.md left out by its name");
    }

    @Test
    void shouldBoundTheFilesOfAFolder() throws IOException {
        stage = stage.reopenWith(Map.of("weighbridge.scan.max.files", "1"));
        write("repo/a.bin", "model");
        write("repo/b.bin", "model");
        stage.publish(upload("repo"));

        assertThat(outcome().getReason()).isEqualTo("weighbridge.scan.max.files: expected at most 1 files, got 2");
    }

    @Test
    void shouldBoundTheListingOfAFolder() throws IOException {
        stage = stage.reopenWith(Map.of("weighbridge.fetch.list.max.files", "1"));
        write("repo/a.bin", "model");
        write("repo/b.bin", "model");
        stage.publish(upload("repo"));

        assertThat(outcome().getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(outcome().getReason())
                .isEqualTo("files: weighbridge.fetch.list.max.files: expected at most 1 files, got more in "
                        + folder.resolve("repo").toRealPath());
    }

    @Test
    void shouldBoundThePathsThatAnOutcomeRepeats() throws IOException {
        for (int i = 0; i < 260; i++) {
            write("repo/" + i + "-".repeat(200), "model");
        }
        stage.publish(upload("repo"));

        assertThat(outcome().getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(outcome().getReason()).startsWith("paths of all files: expected at most 50000 characters, got 5");
    }

    @Test
    void shouldNotLookIntoAFolderThatIsNotAllowed() throws IOException {
        stage = stage.reopenWith(
                Map.of("weighbridge.fetch.file.roots", folder.resolve("other").toString()));
        write("repo/a.bin", "model");
        stage.publish(upload("repo"));

        assertThat(outcome().getOutcome()).isEqualTo(Outcome.FORBIDDEN);
    }

    @Test
    void shouldProtectTheLargestFileOfAFolder() throws IOException {
        write("repo/a.bin", "model a");
        write("repo/b.bin", "model b");
        var model = ProtectedModel.newBuilder(stage.protectedModel("acme", "x.bin", "model"))
                .setFile(folderFile("repo"))
                .build();
        stage.in(stage.topics().protectedModels()).pipeInput("acme", model);

        assertThat(outcome().getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(stage.protectedCodes())
                .extracting(record -> record.value().getFile().getPath())
                .containsExactly("a.bin");
    }

    private ScanOutcome outcome() {
        return stage.awaitOutcomes(1).get(0).value();
    }

    private UploadEvent upload(String name) {
        return UploadEvent.newBuilder(stage.upload("m/net", "r1"))
                .setFiles(List.of(folderFile(name)))
                .build();
    }

    private ModelFile folderFile(String name) {
        return ModelFile.newBuilder()
                .setPath("files")
                .setUrl(folder.resolve(name).toUri().toString())
                .build();
    }

    private void write(String path, String content) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
