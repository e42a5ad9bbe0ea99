package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one outcome of an upload whose files are not all hashed. */
class UploadOutcomeTest {

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
    void shouldCallAnUploadPartialAndNameTheFileThatHasNoCode() {
        stage.publish(stage.upload("m/net", "r1", "a.bin", "model a", "notes.txt", "hello"));

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(stage.outcomes.get(0).value().getReason())
                .isEqualTo("1 of 2 files not wholly hashed; notes.txt: unknown format");
        assertThat(stage.codes()).hasSize(1);
    }

    @Test
    void shouldGiveTheOutcomeOfTheFirstFileWhenNoneIsHashed() {
        var upload = stage.upload("m/net", "r1", "gone.bin", "model", "notes.txt", "hello");
        assertThat(folder.resolve("gone.bin").toFile().delete()).isTrue();
        stage.publish(upload);

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(stage.outcomes.get(0).value().getReason()).startsWith("gone.bin: no such file: ");
        assertThat(stage.codes()).isEmpty();
    }

    @Test
    void shouldEndAnUploadWithoutFiles() {
        stage.publish(stage.upload("m/net", "r1"));

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(stage.outcomes.get(0).value().getReason()).isEqualTo("no files");
    }

    @Test
    void shouldRefuseAnUploadOfTooManyFiles() {
        stage = stage.reopenWith(Map.of("weighbridge.scan.max.files", "1"));
        stage.publish(stage.upload("m/net", "r1", "a.bin", "model", "b.bin", "model"));

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(stage.outcomes.get(0).value().getReason())
                .isEqualTo("weighbridge.scan.max.files: expected at most 1 files, got 2");
    }

    @Test
    void shouldGiveNoCodeForBytesThatAreNotTheOnesTheHubStates() {
        var upload = stage.upload("m/net", "r1", "a.bin", "model a", "b.bin", "model b");
        upload.getFiles().set(0, withDigest(upload.getFiles().get(0), StagedScanner.sha256("other")));
        upload.getFiles()
                .set(
                        1,
                        withDigest(
                                upload.getFiles().get(1),
                                StagedScanner.sha256("model b").toUpperCase()));
        stage.publish(upload);

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.PARTIAL);
        var files = stage.outcomes.get(0).value().getFiles();
        assertThat(files).extracting("outcome").containsExactly(Outcome.DIGEST_MISMATCH, Outcome.HASHED);
        assertThat(files.get(0).getReason())
                .isEqualTo("sha256: expected " + StagedScanner.sha256("other") + ", got "
                        + StagedScanner.sha256("model a"));
        assertThat(files.get(0).getCodes()).isEmpty();
        assertThat(stage.codes())
                .extracting(code -> code.value().getFile().getPath())
                .containsExactly("b.bin");
    }

    private static ModelFile withDigest(ModelFile file, String sha256) {
        return ModelFile.newBuilder(file).setSha256(sha256).build();
    }

    @Test
    void shouldTurnAFaultOfOursIntoAnOutcomeAndGoOn() {
        stage.publish(
                stage.upload("m/boom", "r1", "boom.bin", "boom"),
                stage.upload("m/crash", "r1", "crash.bin", "crash", "fine.bin", "model"),
                stage.upload("m/net", "r1", "a.bin", "model"));

        stage.awaitOutcomes(3);
        assertThat(outcomeOf("m/boom@r1").getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcomeOf("m/boom@r1").getReason())
                .isEqualTo("boom.bin: unexpected java.lang.IllegalStateException: boom in boom.bin");
        assertThat(outcomeOf("m/crash@r1").getOutcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(outcomeOf("m/crash@r1").getFiles())
                .extracting("outcome")
                .containsExactly(Outcome.FAILED, Outcome.HASHED);
        assertThat(outcomeOf("m/net@r1").getOutcome()).isEqualTo(Outcome.HASHED);
    }

    private ScanOutcome outcomeOf(String uploadId) {
        return stage.outcomes.stream()
                .map(TestRecord::value)
                .filter(outcome -> outcome.getUpload().getId().equals(uploadId))
                .findFirst()
                .orElseThrow();
    }
}
