package io.weighbridge.hasher.format.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.hasher.format.zip.ZipBytes;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "tiny.pt";
    }

    @Override
    protected String format() {
        return "pytorch";
    }

    @Override
    protected List<String> variants() {
        return List.of(
                "views.pt",
                "tiny-half.pt",
                "tiny-deflated.pt",
                "tiny-big-endian.pt",
                "tiny-zip64.pt",
                "tiny-legacy.pt",
                "tiny-module.pt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tiny.pt",
                "tiny-protocol4.pt",
                "tiny-module.pt",
                "tiny-script.pt",
                "tiny-legacy.pt",
                "tiny-deflated.pt",
                "tiny-big-endian.pt",
                "tiny-zip64.pt"
            })
    void shouldReadWhatPyTorchHolds(String file) throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, file))).isEqualTo(ModelFixtures.expected("tiny"));
    }

    @Test
    void shouldReadViewsAndTypes() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "views.pt")))
                .isEqualTo(ModelFixtures.expected("views"));
    }

    @Test
    void shouldReadHalfPrecision() throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, "tiny-half.pt")))
                .isEqualTo(ModelFixtures.layers(ModelFixtures.copyTo(folder, "tiny-half.safetensors")).stream()
                        .sorted(Comparator.comparing(layer -> List.of("conv", "depth", "point", "hidden", "head")
                                .indexOf(layer.name().split(Pattern.quote("."))[0])))
                        .toList());
    }

    @Test
    void shouldLeaveTheOptimizerOutOfACheckpoint() throws IOException {
        var file = ModelFixtures.copyTo(folder, "tiny-checkpoint.pt");
        assertThat(ModelFixtures.layers(file)).isEqualTo(named("state_dict."));
        assertThat(scan(file).getTensors()).isGreaterThan(3 * 11);
    }

    /** A state dict of a network that has a part named "model" is no checkpoint with a key "model". */
    @Test
    void shouldReadAllOfAStateDictWhateverItsPartsAreCalled() throws IOException {
        var layers = ModelFixtures.layers(ModelFixtures.copyTo(folder, "prefixed.pt"));
        assertThat(layers.stream().map(Layer::name))
                .containsExactly(
                        "model.conv.weight",
                        "model.depth.weight",
                        "model.point.weight",
                        "model.hidden.weight",
                        "head.weight");
    }

    @Test
    void shouldKeepNamesApart() throws IOException {
        var tensor =
                "ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nK\\x06tQK\\x00";
        var wide = tensor + "(K\\x02K\\x03t(K\\x03K\\x01ttR";
        var tall = tensor + "(K\\x03K\\x02t(K\\x02K\\x01ttR";
        var file = Files.write(
                folder.resolve("same"),
                ZipBytes.stored("m/data.pkl", unescape("})" + wide + "s)" + tall + "s."), "m/data/0", new byte[24]));
        assertThat(ModelFixtures.layers(file).stream().map(Layer::name)).doesNotHaveDuplicates();
    }

    @Test
    void shouldCountAllTensors() throws IOException {
        var scan = scan(ModelFixtures.copyTo(folder, sample()));
        assertThat(scan.getTensors()).isEqualTo(14);
        assertThat(scan.getParameters()).isEqualTo(4096 + 8 * 5 + 12 + 64 + 10 + 1);
    }

    @Test
    void shouldNotRunWhatAPickleCalls() throws IOException {
        var file = ModelFixtures.copyTo(folder, "evil.pt");
        assertThat(new String(ModelFixtures.bytes("evil.pt"), StandardCharsets.ISO_8859_1))
                .contains("system")
                .contains("touch executed-by-a-pickle");
        assertThat(scan(file).getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(ModelFixtures.layers(file).stream().map(Layer::weights))
                .isEqualTo(ModelFixtures.expected("tiny").stream()
                        .map(Layer::weights)
                        .toList());
        assertThat(Path.of("executed-by-a-pickle")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 6 2 3 3 1|HASHLESS|",
                "1 6 2 3 3 1|MALFORMED|reach outside of storage 0",
                "-1 6 2 3 3 1|MALFORMED|reach outside of storage 0",
                "0 7 2 3 3 1|MALFORMED|storage 0: expected 7 numbers, the entry holds 6",
                "0 -1 2 3 3 1|MALFORMED|storage 0: expected -1 numbers",
                "0 6 2 3 -3 1|MALFORMED|expected strides >= 0",
                "0 6 9 9 0 0|HASHLESS|",
                "0 6 -2 -3 3 1|MALFORMED|expected sizes >= 0",
                "0 6 4294967296 4294967296 1 1|MALFORMED|more than 2^63 numbers",
                "0 6 2 3 9223372036854775807 9223372036854775807|MALFORMED|too large",
                "9223372036854775807 6 2 3 3 1|MALFORMED|reach outside of storage 0",
            })
    void shouldHoldViewsAgainstTheirStorage(String numbers, String outcome, String reason) throws IOException {
        var n = List.of(numbers.split(" "));
        var pickle = new ByteArrayOutputStream();
        pickle.writeBytes("ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\n"
                .getBytes(StandardCharsets.US_ASCII));
        pickle.writeBytes(("L" + n.get(1) + "L\ntQL" + n.get(0) + "L\n(L" + n.get(2) + "L\nL" + n.get(3) + "L\nt(L"
                        + n.get(4) + "L\nL" + n.get(5) + "L\ntI00\nNtR.")
                .getBytes(StandardCharsets.US_ASCII));
        var scan = scanPickle(pickle.toByteArray());
        assertThat(scan.getOutcome().name())
                .as(scan.getReason())
                .isEqualTo(outcome.equals("HASHLESS") ? "DEGENERATE" : outcome);
        assertThat(scan.getReason()).contains(reason == null ? "" : reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c__builtin__\\neval\\n(S'1'\\ntR.|NO_WEIGHTS|none of 0 tensors",
                "c__builtin__\\neval\\n(S'1'\\ntR\\x01|MALFORMED|unknown pickle opcode 0x1 at byte 26",
                "}h\\x05.|MALFORMED|memo 5 is not set at byte 1",
                "0|MALFORMED|the stack is empty at byte 0",
                "t|MALFORMED|there is no mark",
                "X\\xff\\xff\\xff\\x7fabc|MALFORMED|expected 2147483647 bytes",
                "\\x8d\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xffabc|MALFORMED|expected -1 bytes",
                "]S'x'\\ns.|MALFORMED|the stack is empty",
                "N(S'x'\\nS'y'\\nu.|MALFORMED|expected a dictionary",
                "Na.|MALFORMED|the stack is empty",
                "\\x80\\x09.|UNSUPPORTED|pickle protocol 9 is not read",
                "\\x82\\x09.|UNSUPPORTED|pickle extension code 9",
                "\\x97.|UNSUPPORTED|a buffer that is kept outside of the pickle at byte 0",
                "(S'storage'\\nctorch\\nQuarterStorage\\nS'0'\\nS'cpu'\\nK\\x06tQ.|UNSUPPORTED|torch.QuarterStorage is not read",
                "(S'storage'\\nS'0'\\ntQ.|MALFORMED|expected a persistent id",
                "}q\\x00|MALFORMED|the pickle ends in the middle",
                "I12345678901234567890123456789012345678901234567890\\n.|NO_WEIGHTS|none of 0 tensors",
                "Ixyz\\n.|MALFORMED|expected an integer, got xyz",
            })
    void shouldReadAnyPickleAsData(String pickle, Outcome outcome, String reason) throws IOException {
        var scan = scanPickle(unescape(pickle));
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
        assertThat(scan.getFormat()).isEqualTo("pytorch");
    }

    @Test
    void shouldNotFollowACycle() throws IOException {
        assertThat(scanPickle(unescape("]q\\x00h\\x00a}q\\x01S'me'\\nh\\x01sh\\x00s."))
                        .getOutcome())
                .isIn(Outcome.NO_WEIGHTS, Outcome.MALFORMED);
        assertThat(scanPickle(unescape("]q\\x00h\\x00a.")).getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
    }

    @Test
    void shouldVisitSharedContainersOnce() throws IOException {
        var laughs = new ByteArrayOutputStream();
        laughs.writeBytes("]".getBytes(StandardCharsets.US_ASCII));
        for (int level = 0; level < 200; level++) {
            laughs.writeBytes("2\u0086".getBytes(StandardCharsets.ISO_8859_1));
        }
        laughs.writeBytes(".".getBytes(StandardCharsets.US_ASCII));
        assertThat(scanPickle(laughs.toByteArray()).getOutcome()).isEqualTo(Outcome.NO_WEIGHTS);
    }

    @Test
    void shouldStopAtDeepNesting() throws IOException {
        var scan = scanPickle(("]" + "\u0085".repeat(100_000) + ".").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("nested more than 256 deep");
    }

    @Test
    void shouldBoundTheStepsOfAPickle() throws IOException {
        var file = Files.write(
                folder.resolve("many"),
                ZipBytes.stored("m/data.pkl", "}".repeat(200_000).getBytes(StandardCharsets.US_ASCII)));
        var scan = scan(file, new ReadLimits(1 << 20, 10, 1 << 20, 10, 1 << 20));
        assertThat(scan.getOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(scan.getReason()).contains("opcodes").contains("maxTensors");
    }

    /** Changes that the checksum does not tell. */
    @Test
    void shouldSurviveMutationsOfThePickle() throws IOException {
        for (var name : List.of("tiny.pt", "tiny-protocol4.pt", "tiny-module.pt", "views.pt")) {
            for (int seed = 0; seed < 100; seed++) {
                var archive = ZipBytes.of(ModelFixtures.bytes(name));
                var entry = name.replace(".pt", "/data.pkl");
                archive.with(entry, mutate(archive.content(entry), new Random(seed)));
                expectAnOutcome(scan(archive.bytes(), "mutated"), seed);
            }
        }
    }

    @Test
    void shouldMissAStorage() throws IOException {
        var scan = scan(
                ZipBytes.of(ModelFixtures.bytes("tiny.pt"))
                        .without("tiny/data/4")
                        .bytes(),
                "missing");
        assertThat(scan.getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(scan.getReason()).isEqualTo("zip archive: no entry tiny/data/4");
    }

    private static List<Layer> named(String prefix) throws IOException {
        return ModelFixtures.expected("tiny").stream()
                .map(layer -> new Layer(
                        prefix + layer.name(),
                        layer.kind(),
                        layer.outputs(),
                        layer.inputs(),
                        layer.positions(),
                        layer.weights()))
                .toList();
    }

    private FileScan scanPickle(byte[] pickle) throws IOException {
        return scan(ZipBytes.stored("m/data.pkl", pickle, "m/data/0", new byte[24]), "pickled");
    }

    private static byte[] unescape(String text) {
        var plain = text.replace("\\n", "\n");
        var bytes = Pattern.compile("\\\\x(..)").matcher(plain).replaceAll(match -> {
            var c = String.valueOf((char) Integer.parseInt(match.group(1), 16));
            return Matcher.quoteReplacement(c);
        });
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }
}
