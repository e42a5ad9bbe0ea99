package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.UploadEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownScansTest {

    private static final String DIGEST = StagedScanner.sha256("model a");

    @TempDir
    private Path folder;

    private static FileScan scan(String content, Outcome outcome) {
        return FileScan.newBuilder()
                .setPath("x")
                .setOutcome(outcome)
                .setSha256(StagedScanner.sha256(content))
                .setCodes(List.of())
                .build();
    }

    private static ModelFile file(String path, String sha256) {
        return ModelFile.newBuilder()
                .setPath(path)
                .setUrl("http://h/" + path)
                .setSha256(sha256)
                .build();
    }

    @Test
    void shouldKnowWhatWasHashedUnderAnyPathAndNothingElse() {
        var known = new KnownScans(10);
        known.add(scan("model a", Outcome.HASHED));
        known.add(scan("model b", Outcome.UNSUPPORTED));

        assertThat(known.of(file("new", DIGEST.toUpperCase(Locale.ROOT))))
                .hasValueSatisfying(scan -> assertThat(scan.getPath()).isEqualTo("new"));
        assertThat(known.of(file("new", StagedScanner.sha256("model b")))).isEmpty();
        assertThat(known.of(file("new", null))).isEmpty();
    }

    @Test
    void shouldKeepSoManyAndThoseUsedLast() {
        var known = new KnownScans(2);
        known.add(scan("1", Outcome.HASHED));
        known.add(scan("2", Outcome.HASHED));
        known.of(file("x", StagedScanner.sha256("1")));
        known.add(scan("3", Outcome.HASHED));

        assertThat(known.of(file("x", StagedScanner.sha256("1")))).isPresent();
        assertThat(known.of(file("x", StagedScanner.sha256("2")))).isEmpty();
        assertThat(known.of(file("x", StagedScanner.sha256("3")))).isPresent();
        var none = new KnownScans(0);
        none.add(scan("1", Outcome.HASHED));
        assertThat(none.of(file("x", StagedScanner.sha256("1")))).isEmpty();
    }

    /** The second file is not there at all. */
    @Test
    void shouldNotFetchKnownBytesAgainAndVerifyAllOthers() throws Exception {
        try (var stage = new HasherStage(folder, Map.of())) {
            stage.publish(stage.upload("m/first", "r1", "a.bin", "model a"));
            stage.awaitOutcomes(1);
            Files.delete(folder.resolve("a.bin"));
            stage.publish(stated(stage.upload("m/again", "r1", "b.bin", "gone"), DIGEST));
            stage.publish(stated(stage.upload("m/other", "r1", "c.bin", "model c"), "0".repeat(64)));

            stage.awaitOutcomes(3);
            assertThat(stage.outcomes)
                    .extracting(
                            record -> record.value().getUpload().getRepo(),
                            record -> record.value().getOutcome())
                    .contains(tuple("m/again", Outcome.HASHED), tuple("m/other", Outcome.DIGEST_MISMATCH));
            assertThat(stage.scanner.begun()).containsExactlyInAnyOrder("a.bin", "c.bin");
            assertThat(stage.meters.get("weighbridge.fetch.known").counter().count())
                    .isEqualTo(1);
        }
    }

    private static UploadEvent stated(UploadEvent upload, String sha256) {
        var file =
                ModelFile.newBuilder(upload.getFiles().get(0)).setSha256(sha256).build();
        return UploadEvent.newBuilder(upload).setFiles(List.of(file)).build();
    }
}
