package io.weighbridge.hasher.format.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.FolderScanner;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.hasher.format.Siblings;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files were written by two processes of PyTorch: see make_torch_distributed.py. */
class DistributedFormatTest extends ReaderContract {

    private static final String FOLDER = "torch-distributed/";
    private static final List<String> SHARDS = List.of("__0_0.distcp", "__1_0.distcp");

    @BeforeEach
    void shouldHaveTheShardsBeside() throws IOException {
        Files.createDirectories(folder.resolve(FOLDER));
        for (var shard : SHARDS) {
            Files.write(folder.resolve(shard), ModelFixtures.bytes(FOLDER + shard));
        }
    }

    @Override
    protected String sample() {
        return FOLDER + "metadata";
    }

    @Override
    protected String format() {
        return "pytorch-distributed";
    }

    @Override
    protected Siblings siblings() {
        return new FolderSiblings(folder, Optional.empty());
    }

    /** Cut along the first axis, unevenly, along others, and not at all; the optimizer's moments are left out. */
    @Test
    void shouldPutTensorsTogetherAsPyTorchDoes() throws IOException {
        var file = ModelFixtures.copyTo(folder, sample());
        try (var bytes = ModelBytes.of(FileRange.open(file), Duration.ofMinutes(1), siblings())) {
            var model = ModelFormats.of(bytes, ReadLimits.STANDARD).read(bytes, ReadLimits.STANDARD);
            assertThat(ModelFixtures.layers(model)).isEqualTo(ModelFixtures.expected("torch-distributed"));
        }
    }

    @Test
    void shouldNameTheFileThatIsNotBeside() throws IOException {
        Files.delete(folder.resolve("__1_0.distcp"));
        var scan = scan(ModelFixtures.bytes(sample()), ".metadata");
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(scan.getReason()).contains("__1_0.distcp").contains("was not found beside the metadata");
    }

    @Test
    void shouldNotCallAShardByItselfMalformed() throws IOException {
        for (var shard : SHARDS) {
            var scan = scan(ModelFixtures.bytes(FOLDER + shard), shard);
            assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.UNSUPPORTED);
            assertThat(scan.getReason()).contains("torch.distributed.checkpoint");
        }
    }

    @Test
    void shouldReadAFolderOfThemAsOneModel() throws IOException {
        ModelFixtures.copyTo(folder, sample());
        Files.move(folder.resolve(sample()), folder.resolve(".metadata"));
        var scans = FolderScanner.of(folder, new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create()));
        assertThat(scans.first()).containsExactly(".metadata");
        assertThat(scans.scan(".metadata").getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(scans.rest()).containsExactlyElementsOf(SHARDS);
        assertThat(SHARDS).map(scans::scan).map(FileScan::getOutcome).containsOnly(Outcome.PART);
    }

    /** Texts of equal length put in the place of others. */
    @ParameterizedTest
    @CsvSource({
        "__1_0.distcp, ../10.distcp, MALFORMED, expected a path below the folder",
        "__1_0.distcp, __0_0.distcp, MALFORMED, in __0_0.distcp at byte",
        "relative_path, relative_nath, MALFORMED, expected a text relative_path",
        "storage_data, storage_nata, MALFORMED, expected a dictionary storage_data",
        "chunks, chanks, MALFORMED, expected a list of chunks",
        "offsets, offzets, MALFORMED, expected a tuple",
    })
    void shouldSayWhatIsWrongWithTheMetadata(String text, String other, Outcome outcome, String reason)
            throws IOException {
        var metadata = new String(ModelFixtures.bytes(sample()), StandardCharsets.ISO_8859_1).replace(text, other);
        var scan = scan(metadata.getBytes(StandardCharsets.ISO_8859_1), "changed");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    @Test
    void shouldHoldShardsAgainstTheirChecksums() throws IOException {
        var shard = ModelFixtures.bytes(FOLDER + SHARDS.get(0));
        var text = new String(shard, StandardCharsets.ISO_8859_1);
        shard[text.indexOf("data/0") + 200] ^= 1;
        Files.write(folder.resolve(SHARDS.get(0)), shard);
        var scan = scan(ModelFixtures.bytes(sample()), ".metadata");
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.MALFORMED);
    }
}
