package io.weighbridge.hasher.format.sharded;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.FileRange;
import io.weighbridge.hasher.format.FolderSiblings;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.detect.ModelFormats;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedFormatTest {

    private static final String FIRST = "tiny-00001-of-00002.";
    private static final String SPLIT = "\"/layers/dense/vars\": ";
    private static final String SECOND = "tiny-00002-of-00002.";

    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"safetensors,tiny.safetensors", "bin,tiny.pt"})
    void shouldHaveTheCodesOfTheModelInOneFile(String kind, String whole) throws IOException {
        var scan = scan(copy(kind));
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getFormat()).isEqualTo("sharded");
        var expected = scan(ModelFixtures.copyTo(folder, whole));
        assertThat(scan.getCodes()).isNotEmpty().isEqualTo(expected.getCodes());
        assertThat(scan.getTensors()).isEqualTo(expected.getTensors());
        assertThat(scan.getParameters()).isEqualTo(expected.getParameters());
    }

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "bin"})
    void shouldReadWhatPyTorchHolds(String kind) throws IOException {
        var index = copy(kind);
        try (var file = ModelBytes.of(FileRange.open(index), Duration.ofMinutes(1), FolderSiblings.of(index))) {
            var model = ModelFormats.of(file, ReadLimits.STANDARD).read(file, ReadLimits.STANDARD);
            assertThat(ModelFixtures.layers(model)).containsExactlyInAnyOrderElementsOf(ModelFixtures.expected("tiny"));
        }
    }

    /** Of the second dense layer the kernel is in one file and the bias in the next; the index tells one file, or both as a list. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny_00001.weights.h5", "[tiny_00001.weights.h5, tiny_00002.weights.h5]"})
    void shouldReadShardsOfKeras(String places) throws IOException {
        var index = copyKeras();
        var list = places.replace("[", "[\"").replace(", ", "\", \"").replace("]", "\"]");
        if (places.startsWith("[")) {
            var json = Files.readString(index);
            assertThat(json).contains(SPLIT + "\"tiny_00001.weights.h5\"");
            Files.writeString(index, json.replace(SPLIT + "\"tiny_00001.weights.h5\"", SPLIT + list));
        }
        var scan = scan(index);
        assertThat(scan.getOutcome()).as(scan.getReason()).isEqualTo(Outcome.HASHED);
        assertThat(scan.getFormat()).isEqualTo("sharded");
        var whole = scan(ModelFixtures.copyTo(folder, "tiny-3.weights.h5"));
        assertThat(scan.getCodes()).isNotEmpty().isEqualTo(whole.getCodes());
        assertThat(scan.getParameters()).isEqualTo(whole.getParameters());
    }

    @Test
    void shouldSayWhichGroupIsNotInAShardOfKeras() throws IOException {
        var index = copyKeras();
        Files.writeString(index, Files.readString(index).replace(SPLIT, "\"/layers/other/vars\": "));
        expect(
                index,
                Outcome.MALFORMED,
                "shard tiny_00001.weights.h5: expected group /layers/other/vars, which the index places here");
        Files.delete(folder.resolve("tiny_00002.weights.h5"));
        expect(
                copyKeras("tiny_00000.weights.h5", "tiny_00001.weights.h5"),
                Outcome.UNSUPPORTED,
                "shard tiny_00002.weights.h5: not found beside the index, so that the model is not complete");
    }

    private Path copyKeras(String... shards) throws IOException {
        for (var shard : shards.length > 0
                ? shards
                : new String[] {"tiny_00000.weights.h5", "tiny_00001.weights.h5", "tiny_00002.weights.h5"}) {
            ModelFixtures.copyTo(folder, shard);
        }
        return ModelFixtures.copyTo(folder, "tiny.weights.json");
    }

    @Test
    void shouldReadOnlyTensorsThatTheIndexPlacesInAShard() throws IOException {
        var index = copy("safetensors");
        Files.writeString(
                index,
                "{\"weight_map\": {\"head.weight\": \"" + SECOND + "safetensors\", \"conv.bias\": \"" + FIRST
                        + "safetensors\"}}");
        var scan = scan(index);
        assertThat(scan.getTensors()).isEqualTo(2);
        assertThat(scan.getParameters()).isEqualTo(640 + 8);
        assertThat(scan.getReason())
                .isEqualTo("expected at least 2048 non-zero weights in layers that are not constant, got 640");
    }

    @Test
    void shouldSayWhichShardIsMissing() throws IOException {
        var index = copy("safetensors");
        Files.delete(folder.resolve(SECOND + "safetensors"));
        expect(
                index,
                Outcome.UNSUPPORTED,
                "shard " + SECOND + "safetensors: not found beside the index, so that the model is not complete");
    }

    @Test
    void shouldSayWhichTensorIsMissing() throws IOException {
        var index = copy("safetensors");
        Files.writeString(index, Files.readString(index).replace("head.bias", "head.other"));
        expect(
                index,
                Outcome.MALFORMED,
                "shard " + SECOND + "safetensors: expected tensor head.other, which the index places here");
    }

    @Test
    void shouldRefuseAnIndexAsAShard() throws IOException {
        var index = Files.writeString(folder.resolve("index.json"), "{\"weight_map\": {\"a\": \"index.json\"}}");
        expect(index, Outcome.MALFORMED, "shard index.json: expected a file with tensors, got another index");
    }

    @Test
    void shouldSayWhatIsWrongInAShard() throws IOException {
        var index = copy("safetensors");
        var shard = folder.resolve(SECOND + "safetensors");
        Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 5000));
        expect(index, Outcome.MALFORMED, "shard " + SECOND + "safetensors: data after the header: expected ");
        Files.writeString(shard, "no model");
        expect(index, Outcome.UNSUPPORTED, "shard " + SECOND + "safetensors: a text file");
        Files.write(shard, new byte[0]);
        expect(index, Outcome.MALFORMED, "shard " + SECOND + "safetensors: empty file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"weight_map\": {\"a\": \"../secret\"}}|shard ../secret: file ../secret: expected a path below the folder",
                "{\"weight_map\": {\"a\": \"/etc/passwd\"}}|file /etc/passwd: expected a path below the folder",
                "{\"weight_map\": {}}|index: expected a weight_map with tensors, got none",
                "{\"weight_map\": [1]}|weight_map: expected START_OBJECT, got START_ARRAY at byte ",
                "{\"weight_map\": {\"a\": 5}}|weight_map of tensor a: expected VALUE_STRING, got VALUE_NUMBER_INT at byte ",
                "{\"weight_map\": {\"a\": \"b\"|index: Unexpected end-of-input",
                "{\"weight_map\": {\"a\": \"b\", \"a\": \"c\"}}|index: Duplicate field 'a'",
                "{\"weight_map\": {\"a\": \"b\"}} 5|index: expected one JSON object, got more at byte ",
                "{\"weight_map\": {\"a\": \"b\"}, \"x\": [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}|nesting depth",
            })
    void shouldRefuseAWrongIndex(String json, String reason) throws IOException {
        expect(Files.writeString(folder.resolve("index"), json), Outcome.MALFORMED, reason);
    }

    @Test
    void shouldNotTakeOtherJsonForAnIndex() throws IOException {
        var config = Files.writeString(folder.resolve("config.json"), "{\"architectures\": {\"weight_map\": {}}}");
        expect(config, Outcome.UNSUPPORTED, "a text file");
    }

    @Test
    void shouldHoldAllShardsToTheLimitsOfOneModel() throws IOException {
        var index = copy("safetensors");
        var limits = new ReadLimits(1 << 20, 13, 1 << 20, 10, 1 << 20);
        expect(scan(index, limits), Outcome.TOO_LARGE, "tensors: more than maxTensors = 13");
        Files.writeString(
                index,
                "{\"weight_map\": {\"head.weight\": \"" + SECOND + "safetensors\", \"conv.bias\": \"" + FIRST
                        + "safetensors\"}}");
        var scan = scan(index, new ReadLimits(1 << 20, 9, 1 << 20, 10, 1 << 20));
        expect(scan, Outcome.TOO_LARGE, "shard " + SECOND + "safetensors: tensors: more than maxTensors = ");
        expect(scan(index, new ReadLimits(50, 9, 1 << 20, 10, 1 << 20)), Outcome.TOO_LARGE, "maxHeaderBytes = 50");
    }

    @Test
    void shouldSurviveMutations() throws IOException {
        var index = copy("safetensors");
        var good = Files.readAllBytes(index);
        for (int seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            var bytes = good.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(index, random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            var scan = scan(index);
            assertThat(scan.getOutcome())
                    .as("seed " + seed + ": " + scan.getReason())
                    .isNotIn(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNREACHABLE);
        }
    }

    /** The index, with its shards beside it. */
    private Path copy(String kind) throws IOException {
        ModelFixtures.copyTo(folder, FIRST + kind);
        ModelFixtures.copyTo(folder, SECOND + kind);
        return ModelFixtures.copyTo(folder, "tiny." + kind + ".index.json");
    }

    private FileScan scan(Path file) {
        return scanner.scan(file, "model");
    }

    private static FileScan scan(Path file, ReadLimits limits) {
        return new ModelScanner(limits, ModelHasher.standard()).scan(file, "model");
    }

    private void expect(Path file, Outcome outcome, String reason) {
        expect(scan(file), outcome, reason);
    }

    private static void expect(FileScan scan, Outcome outcome, String reason) {
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }
}
