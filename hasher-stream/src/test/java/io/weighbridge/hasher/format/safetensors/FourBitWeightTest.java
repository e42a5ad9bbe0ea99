package io.weighbridge.hasher.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file is laid out as bitsandbytes does: see make_bitsandbytes.py. */
class FourBitWeightTest {

    @TempDir
    private Path folder;

    /** NF4, FP4, maxima that are packed themselves, and an odd count. */
    @Test
    void shouldUnpackWhatBitsandbytesPacked() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "four-bit.safetensors")))
                .isEqualTo(ModelFixtures.expected("four-bit"));
    }

    /** Texts of equal length put in the place of others. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"blocksize\": 16|\"blocksize\": 11|MALFORMED|expected 18 bytes and 4 maxima, got 18 and 3",
                "\"blocksize\": 16|\"blocksize\": 00|MALFORMED|is no JSON",
                "\"blocksize\": 16|\"blockside\": 16|MALFORMED|expected shape and blocksize > 0",
                "[5, 7]|[5, 9]|MALFORMED|expected 23 bytes and 3 maxima, got 18 and 3",
                "nested_blocksize\": 4|nested_blocksize\": 3|MALFORMED|expected a number for each 3 of 10, got 3",
            })
    void shouldSayWhatIsWrong(String text, String other, Outcome outcome, String reason) throws IOException {
        var bytes = new String(ModelFixtures.bytes("four-bit.safetensors"), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(text);
        var scan = scan(bytes.replace(text, other).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    /** Without the state or the table, the bytes are weights still. */
    @ParameterizedTest
    @CsvSource({"quant_map", "quant_state", "absmax"})
    void shouldNotPassOverWeightsThatLackWhatTheyNeed(String helper) throws IOException {
        var bytes = new String(ModelFixtures.bytes("four-bit.safetensors"), StandardCharsets.ISO_8859_1);
        var scan = scan(bytes.replace("b.weight." + helper, "b.weight." + helper.replace('a', 'o'))
                .getBytes(StandardCharsets.ISO_8859_1));
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.PARTIAL);
        assertThat(scan.getReason()).contains("b.weight").contains("quantised (U8)");
    }

    @Test
    void shouldNotPassOverPackedWeightsOfPyTorch() throws IOException {
        var scan = scan(ModelFixtures.bytes("four-bit.pt"));
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(scan.getReason()).contains("tensor a.weight: its weights are quantised (U8)");
    }

    private FileScan scan(byte[] bytes) throws IOException {
        return new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create())
                .scan(Files.write(folder.resolve("m"), bytes), "m");
    }
}
