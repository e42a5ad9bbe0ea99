package io.weighbridge.hasher.format.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFormatsTest {

    @TempDir
    Path folder;

    /** Telling the format of a zip archive reads its directory, under the limits that were set, not under the standard ones. */
    @Test
    void shouldTellTheFormatUnderTheLimitsThatWereSet() throws IOException {
        var standard = ReadLimits.STANDARD;
        var file = archive(standard.maxEntries() + 1);
        assertThat(scan(file, standard).getReason()).contains("maxEntries = " + standard.maxEntries());
        var raised = new ReadLimits(
                standard.maxHeaderBytes(),
                standard.maxTensors(),
                standard.maxTensorWeights(),
                2 * standard.maxEntries(),
                standard.maxInflatedBytes());
        assertThat(scan(file, raised).getOutcome()).isEqualTo(Outcome.HASHED);
    }

    private Path archive(int entries) throws IOException {
        var file = folder.resolve("many.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("model.safetensors"));
            zip.write(ModelFixtures.bytes("tiny.safetensors"));
            for (int i = 1; i < entries; i++) {
                zip.putNextEntry(new ZipEntry("note-" + i + ".txt"));
                zip.write('a');
            }
        }
        return file;
    }

    private static FileScan scan(Path file, ReadLimits limits) {
        return new ModelScanner(limits, ReadingHasher.create()).scan(file, "many.zip");
    }
}
