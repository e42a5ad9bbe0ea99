package io.weighbridge.hasher.format.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.safetensors";
    }

    @Override
    protected String format() {
        return "safetensors";
    }

    @Override
    protected List<String> variants() {
        return List.of("tiny-half.safetensors", "quantised-tensors.safetensors");
    }

    @Test
    void shouldReadWhatPyTorchHolds() throws IOException {
        var expected = ModelFixtures.expected("tiny").stream()
                .sorted(Comparator.comparing(ModelFixtures.Layer::name))
                .toList();
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, sample()))).isEqualTo(expected);
    }

    @Test
    void shouldCountAllTensors() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, sample()));
        assertThat(scan.getTensors()).isEqualTo(14);
        assertThat(scan.getParameters()).isEqualTo(4096 + 8 * 5 + 12 + 64 + 10 + 1);
        assertThat(scan.getSizeBytes()).isEqualTo(ModelFixtures.bytes(sample()).length);
        assertThat(scan.getSha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void shouldReadEveryFloatingPointType() throws IOException {
        var data = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(1.5).putDouble(-0.25).putDouble(3).putFloat(2.5f).putFloat(-1);
        data.putShort((short) 0x3e00).putShort((short) 0x8001).putShort((short) 0xfc00);
        data.putShort((short) 0x3fc0).putShort((short) 0xc040);
        data.put((byte) 0x38).put((byte) 0x01).put((byte) 0xfe);
        data.put((byte) 0x3c).put((byte) 0xc0).put((byte) 0x01);
        data.put(new byte[6]);
        var header = """
                {"a":{"dtype":"F64","shape":[3,1],"data_offsets":[0,24]},
                 "b":{"dtype":"F32","shape":[2,1],"data_offsets":[24,32]},
                 "c":{"dtype":"F16","shape":[3,1],"data_offsets":[32,38]},
                 "d":{"dtype":"BF16","shape":[2,1],"data_offsets":[38,42]},
                 "e":{"dtype":"F8_E4M3","shape":[3,1],"data_offsets":[42,45]},
                 "f":{"dtype":"F8_E5M2","shape":[3,1],"data_offsets":[45,48]},
                 "g":{"dtype":"I8","shape":[6,1],"data_offsets":[48,54]}}""";
        var layers = ModelFixtures.layers(Files.write(folder.resolve("types"), file(header, data.array())));
        assertThat(layers.stream().map(ModelFixtures.Layer::weights))
                .containsExactly(
                        List.of(1.5f, -0.25f, 3f),
                        List.of(2.5f, -1f),
                        List.of(1.5f, -0x1p-24f, Float.NEGATIVE_INFINITY),
                        List.of(1.5f, -3f),
                        List.of(1f, 0x1p-9f, -448f),
                        List.of(1f, -2f, 0x1p-16f));
    }

    @Test
    void shouldReadQuantisedWeightsWithTheScaleBesideThem() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "quantised-tensors.safetensors")))
                .containsExactlyInAnyOrderElementsOf(ModelFixtures.expected("quantised-tensors"));
    }

    @Test
    void shouldReadWhatGptqAndAwqPacked() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "packed-tensors.safetensors")))
                .containsExactlyInAnyOrderElementsOf(ModelFixtures.expected("packed-tensors"));
    }

    @Test
    void shouldRefuseAGroupThatIsNotThere() throws IOException {
        var entries = """
                {"a.qweight":{"dtype":"I32","shape":[1,8],"data_offsets":[0,32]},
                "a.qzeros":{"dtype":"I32","shape":[1,1],"data_offsets":[32,36]},
                "a.scales":{"dtype":"F16","shape":[1,8],"data_offsets":[36,52]},
                "a.g_idx":{"dtype":"I32","shape":[8],"data_offsets":[52,84]}}""";
        var data = new byte[84];
        data[80] = 1;
        assertThat(scan(file(entries, data), "groups").getReason())
                .contains("tensor a.g_idx: expected groups from 0 to 0, got 1 for input 7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"a.weight\":{\"dtype\":\"I8\",\"shape\":[4,6],\"data_offsets\":[0,24]}|tensor a.weight: its weights are quantised (I8), and no scale for them was found",
                "\"a.qweight\":{\"dtype\":\"I32\",\"shape\":[2,3],\"data_offsets\":[0,24]}|tensor a.qweight: its weights are quantised (I32), and no scale",
                "\"a.weight\":{\"dtype\":\"F4\",\"shape\":[6,8],\"data_offsets\":[0,24]}|tensor a.weight: its weights are quantised (F4), and no scale",
                "\"a.weight\":{\"dtype\":\"F6_E2M3\",\"shape\":[4,8],\"data_offsets\":[0,24]}|tensor a.weight: its weights are quantised (F6_E2M3), and no scale",
                "\"a.weight\":{\"dtype\":\"U8\",\"shape\":[5,4],\"data_offsets\":[0,20]},\"a.weight_scale\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[20,24]}|tensor a.weight: its weights are quantised (U8), and how a.weight_scale scales them is not known",
                "\"a.weight\":{\"dtype\":\"I8\",\"shape\":[4,4],\"data_offsets\":[0,16]},\"a.weight_scale\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]}|how a.weight_scale scales them is not known",
                "\"a.weight\":{\"dtype\":\"I8\",\"shape\":[4,5],\"data_offsets\":[0,20]},\"a.weight_scale\":{\"dtype\":\"F8_E8M0\",\"shape\":[4],\"data_offsets\":[20,24]}|how a.weight_scale scales them is not known",
                "\"a.weight\":{\"dtype\":\"I8\",\"shape\":[6,2],\"data_offsets\":[0,12]},\"b.weight\":{\"dtype\":\"I8\",\"shape\":[6,2],\"data_offsets\":[12,24]}|no scale for them was found, and so 1 other tensors",
            })
    void shouldSayWhyQuantisedWeightsAreNotRead(String tensors, String reason) throws IOException {
        var scan = scan(file("{" + tensors + "}", new byte[24]), "quantised");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(Outcome.UNSUPPORTED);
    }

    @Test
    void shouldReadTheRestIfFewWeightsCannotBe() throws IOException {
        var header = """
                {"a.weight":{"dtype":"I8","shape":[2,2],"data_offsets":[0,4]},
                 "b.weight":{"dtype":"F32","shape":[5,1],"data_offsets":[4,24]}}""";
        var layers = ModelFixtures.layers(Files.write(folder.resolve("rest"), file(header, new byte[24])));
        assertThat(layers.stream().map(ModelFixtures.Layer::name)).containsExactly("b.weight");
    }

    /** A name alone must not hide weights as the scales of others. */
    @Test
    void shouldTakeScalesThatScaleNothingForWeights() throws IOException {
        var header = """
                {"a.weight":{"dtype":"I8","shape":[4,1],"data_offsets":[0,4]},
                 "a.weight_scale":{"dtype":"F32","shape":[5,1],"data_offsets":[4,24]}}""";
        var layers = ModelFixtures.layers(Files.write(folder.resolve("hidden"), file(header, new byte[24])));
        assertThat(layers.stream().map(ModelFixtures.Layer::name)).containsExactly("a.weight_scale");
    }

    /** JSON in UTF-32, by its first bytes, with a character that there is not: no fault of the disk. */
    @Test
    void shouldCallAHeaderThatIsNoTextMalformed() throws IOException {
        var scan = scan(file("{\0\0\0\0\0\0\u007f", new byte[24]), "utf32");
        assertThat(scan.getReason()).startsWith("header: Invalid UTF-32 character");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
    }

    @Test
    void shouldCountOtherWholeNumbers() throws IOException {
        var header = "{\"mask\":{\"dtype\":\"U8\",\"shape\":[4,6],\"data_offsets\":[0,24]}}";
        var scan = scan(file(header, new byte[24]), "whole");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
        assertThat(scan.getReason()).isEqualTo("none of 1 tensors is a convolution or a matrix");
        assertThat(scan.getParameters()).isEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,12]}}|MALFORMED|tensor a: expected 16 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[4,20]}}|MALFORMED|got 4, a hole",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}|MALFORMED|data after the header: expected 16 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4,2],\"data_offsets\":[0,32]}}|MALFORMED|data after the header: expected 32 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]}}|MALFORMED|an overlap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]},\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]}}|MALFORMED|Duplicate field 'a'",
                "{\"a\":{\"dtype\":\"F4\",\"shape\":[3,1],\"data_offsets\":[0,2]}}|MALFORMED|tensor a: expected whole bytes, got 12 bits",
                "{\"a\":{\"dtype\":\"Q4\",\"shape\":[6],\"data_offsets\":[0,24]}}|UNSUPPORTED|tensor a: dtype Q4 is not read",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,24]}}|MALFORMED|more than 2^63 numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,1073741824],\"data_offsets\":[0,0]}}|MALFORMED|more than 2^63 numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-3],\"data_offsets\":[0,24]}}|MALFORMED|expected sizes >= 0",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,24]}}|MALFORMED|out of range",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[-24,0]}}|MALFORMED|expected 24 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[6]}}|MALFORMED|expected dtype, shape and two data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,24]}}|MALFORMED|expected VALUE_NUMBER_INT",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}|MALFORMED|a: expected START_OBJECT",
                "{\"__metadata__\":{\"x\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}}|MALFORMED|nesting depth",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[6],\"data_offsets\":[0,24]}} {}|MALFORMED|expected one JSON object",
                "{\"a\":{\"dtype\":\"F32\"|MALFORMED|Unexpected end-of-input",
            })
    void shouldRejectAWrongHeader(String header, Outcome outcome, String reason) throws IOException {
        var scan = scan(file(header, new byte[24]), "wrong");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
        assertThat(scan.getFormat()).isEqualTo("safetensors");
    }

    @Test
    void shouldNotAllocateWhatAHeaderClaims() throws IOException {
        var claim = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        claim.putLong(Long.MAX_VALUE).put((byte) '{');
        var scan = scan(claim.array(), "claim");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getReason())
                .contains("header length at byte 0: expected at most 12")
                .contains("9223372036854775807");
    }

    @Test
    void shouldNameTheLimitThatIsExceeded() throws IOException {
        var file = ModelFixtures.copyTo(folder, sample());
        assertThat(scan(file, new ReadLimits(100, 100, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxHeaderBytes = 100");
        assertThat(scan(file, new ReadLimits(1 << 20, 3, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxTensors = 3; see weighbridge.read.max.tensors");
        var scan = scan(file, new ReadLimits(1 << 20, 100, 1000, 10, 1 << 20));
        assertThat(scan.getReason())
                .contains("tensor hidden.weight: 3072 numbers")
                .contains("maxTensorWeights = 1000");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
    }

    @Test
    void shouldReadALayerOfMoreNumbersThanAnArrayHolds() throws IOException {
        long numbers = 40_000L * 60_000;
        var path = sparse("[40000,60000]", numbers);
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {0x38, 0x40}), channel.size() - 60_000);
        }
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var layer = new SafetensorsFormat().read(file, unlimited()).layers().get(0);
            assertThat(layer.size()).isEqualTo(numbers);
            var rows = new float[2 * 60_000];
            layer.read(39_998, 2, rows);
            assertThat(Arrays.copyOfRange(rows, 59_999, 60_003)).containsExactly(0, 1, 2, 0);
            assertThatThrownBy(layer::weights).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldRefuseOutputsThatNoArrayHolds() throws IOException {
        try (var file = ModelBytes.open(sparse("[1,4294967296]", 1L << 32), Duration.ofMinutes(1))) {
            assertThatThrownBy(() -> new SafetensorsFormat().read(file, unlimited()))
                    .hasMessage("tensor w: 1 outputs of 4294967296 numbers, more than an array can hold")
                    .isInstanceOfSatisfying(
                            ModelFormatException.class,
                            e -> assertThat(e.outcome()).isEqualTo(Outcome.TOO_LARGE));
        }
    }

    @Test
    void shouldSayWhichTensorCanNoLongerBeRead() throws IOException {
        var path = ModelFixtures.copyTo(folder, sample());
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var layer = new SafetensorsFormat().read(file, unlimited()).layers().get(0);
            Files.write(path, new byte[100]);
            assertThatThrownBy(() -> layer.read(0, layer.outputs(), new float[(int) layer.size()]))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith("tensor " + layer.name() + ": weights at byte ");
        }
    }

    private static ReadLimits unlimited() {
        return new ReadLimits(1 << 20, 100, 1L << 40, 10, 1L << 40);
    }

    /** A file of one tensor w of bytes, with nothing written to its numbers. */
    private Path sparse(String shape, long numbers) throws IOException {
        var header = "{\"w\":{\"dtype\":\"F8_E4M3\",\"shape\":%s,\"data_offsets\":[0,%d]}}".formatted(shape, numbers);
        var path = Files.write(folder.resolve("sparse"), file(header, new byte[0]));
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), channel.size() + numbers - 1);
        }
        return path;
    }

    private static byte[] file(String header, byte[] data) {
        var json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
