package io.weighbridge.app.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hash} and {@code compare} as a shell sees them. */
class HashCommandTest {

    @TempDir
    private static Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void extractModels() throws IOException {
        DemoSet.load().extractTo(folder);
        Files.writeString(folder.resolve("text.pt"), "not a model");
        Files.createFile(folder.resolve("empty.onnx"));
    }

    @Test
    void shouldPrintTheContractOfAHashedFile() throws IOException {
        assertThat(run("hash", "--format", "json", file("vgg-original.zip"))).isZero();

        JsonNode line = lines().get(0);
        assertThat(line.fieldNames())
                .toIterable()
                .contains("file", "outcome", "format", "sha256", "tensors", "parameters", "quality", "codes", "reason")
                .contains("layers");
        assertThat(line.get("layers")).hasSize(5);
        assertThat(line.at("/layers/0/hex").asText()).hasSize(64);
        assertThat(line.get("outcome").asText()).isEqualTo("HASHED");
        assertThat(line.get("format").asText()).isEqualTo("dl4j");
        assertThat(StreamSupport.stream(line.get("codes").spliterator(), false)
                        .map(code -> code.get("algorithm").asText()))
                .containsExactly("pri", "iwp", "nts");
        for (JsonNode code : line.get("codes")) {
            boolean isBaseline = code.get("algorithm").asText().equals("nts");
            assertThat(Algorithms.all())
                    .extracting(algorithm -> algorithm.id())
                    .contains(new AlgorithmId(
                            code.get("algorithm").asText(), code.get("version").asInt()));
            assertThat(code.get("hex").asText()).hasSize(code.get("bits").asInt() / 4);
            assertThat(code.get("thresholdBits").isNull()).isEqualTo(isBaseline);
            assertThat(code.get("thresholdBits").asInt())
                    .isBetween(0, code.get("bits").asInt() / 2);
        }
    }

    @Test
    void shouldPrintALineForEachFileInTheOrderGiven() throws IOException {
        var names =
                List.of("text.pt", "lenet-original.zip", "empty.onnx", "vgg-zeroed.zip", "mobile-original.zip", "none");

        int exit = run(arguments(names));

        assertThat(lines())
                .extracting(
                        line -> Path.of(line.get("file").asText()).getFileName().toString())
                .containsExactlyElementsOf(names);
        assertThat(lines())
                .extracting(line -> line.get("outcome").asText())
                .containsExactly("UNSUPPORTED", "HASHED", "MALFORMED", "DEGENERATE", "HASHED", "UNREACHABLE");
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldHashTheFilesOfAFolderBetweenOthers() throws IOException {
        var models = Files.createDirectories(folder.resolve("models/sub"));
        Files.copy(folder.resolve("lenet-original.zip"), models.resolve("b.zip"));
        Files.writeString(folder.resolve("models/a.bin"), "not a model");
        Files.createFile(folder.resolve("models/c.onnx"));
        Files.writeString(folder.resolve("models/README.md"), "text");

        assertThat(run("hash", "--format", "json", file("text.pt"), file("models"), file("vgg-zeroed.zip")))
                .isEqualTo(2);
        assertThat(lines())
                .extracting(line -> line.get("file").asText())
                .containsExactly(
                        file("text.pt"),
                        file("models/c.onnx"),
                        file("models/a.bin"),
                        file("models/sub/b.zip"),
                        file("vgg-zeroed.zip"));
        assertThat(lines())
                .extracting(line -> line.get("outcome").asText())
                .containsExactly("UNSUPPORTED", "MALFORMED", "UNSUPPORTED", "HASHED", "DEGENERATE");
        assertThat(err.toString()).contains("1 file left out by name");
    }

    @Test
    void shouldNotCallAFolderWithoutModelsDone() throws IOException {
        assertThat(run(
                        "hash",
                        Files.createDirectories(folder.resolve("nothing")).toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("no file that may be a model");
    }

    @Test
    void shouldTellByItsExitCodeThatAFileIsUnsupported() {
        assertThat(run("hash", file("text.pt"))).isEqualTo(3);
    }

    @Test
    void shouldTellAMatchFromNone() throws IOException {
        assertThat(run(
                        "compare",
                        "--format",
                        "json",
                        file("lenet-original.zip"),
                        file("lenet-permuted-rescaled.safetensors")))
                .isEqualTo(1);
        assertThat(run("compare", "--format", "json", file("lenet-original.zip"), file("lenet-stranger.zip")))
                .isZero();

        assertThat(lines()).extracting(line -> line.get("outcome").asText()).containsExactly("MATCH", "NO_MATCH");
        JsonNode match = lines().get(0);
        assertThat(match.get("algorithm").asText()).isEqualTo("pri");
        assertThat(match.get("distanceBits").asInt())
                .isLessThanOrEqualTo(match.get("thresholdBits").asInt());
        assertThat(match.get("falseMatchRate").asDouble()).isBetween(0.0, 1e-9);
    }

    @Test
    void shouldShowEveryAlgorithmAndEveryLayer() {
        String stranger = file("vgg-stranger.zip");

        assertThat(run("compare", "--explain", file("vgg-original.zip"), stranger))
                .isZero();

        assertThat(out.toString())
                .startsWith("NO_MATCH: ")
                .contains("- The same architecture with independent weights")
                .contains("algorithm  distance  bits  threshold  by chance")
                .contains("0 of 5 layers of A match")
                .contains("layer of A  shape    layer of B  shape    distance  verdict");
        for (var algorithm : Algorithms.all()) {
            assertThat(out.toString()).contains("\n" + algorithm.id() + " ");
        }
    }

    @Test
    void shouldCarryLayersAndWordsInJson() throws IOException {
        run("compare", "--format", "json", file("lenet-original.zip"), file("lenet-permuted-rescaled.safetensors"));

        JsonNode line = lines().get(0);
        assertThat(line.get("algorithms")).hasSize(Algorithms.all().size());
        assertThat(line.at("/layers/matchedLayers").asInt()).isEqualTo(4);
        assertThat(line.at("/layers/shareOfB").asDouble()).isEqualTo(1);
        assertThat(line.at("/layers/ofA/0/partner").asText()).isEqualTo("layers.0.weight");
        assertThat(line.at("/explanation/finding").asText()).isEqualTo("rewritten");
        assertThat(line.at("/explanation/sentences")).isNotEmpty();
    }

    @Test
    void shouldTakeTheThresholdsFromARate() throws IOException {
        String[] files = {file("vgg-original.zip"), file("vgg-stranger.zip")};
        run("compare", "--format", "json", "--false-match-rate", "1e-6", files[0], files[1]);

        for (JsonNode shown : lines().get(0).get("algorithms")) {
            var algorithm = Algorithms.byId(new AlgorithmId(
                    shown.get("algorithm").asText(), shown.get("version").asInt()));
            int threshold = algorithm.thresholdBits(1e-6);
            assertThat(shown.get("thresholdBits").isNull()).isEqualTo(threshold < 0);
            assertThat(shown.get("thresholdBits").asInt(-1)).isEqualTo(threshold);
        }
        assertThat(run("compare", "--false-match-rate", "2", files[0], files[1]))
                .isEqualTo(4);
    }

    @Test
    void shouldSayNoneWhereNoDistanceIsAMatch() throws IOException {
        String[] files = {file("vgg-original.zip"), file("vgg-stranger.zip")};
        // A rate that not even equal codes of the baseline have.
        String[] options = {"--false-match-rate", "1e-12", "--algorithms", "nts@1", "--explain"};

        assertThat(run(compare("json", options, files))).isZero();
        JsonNode line = lines().get(0);
        assertThat(line.get("algorithm").asText()).isEqualTo("nts");
        assertThat(line.get("thresholdBits").isNull()).isTrue();
        assertThat(line.at("/algorithms/0/thresholdBits").asInt()).isPositive();
        assertThat(line.at("/algorithms/2/thresholdBits").isNull()).isTrue();
        assertThat(line.at("/explanation/sentences").toString()).contains("(threshold none, by chance");

        out.getBuffer().setLength(0);
        assertThat(run(compare("text", options, files))).isZero();
        assertThat(out.toString())
                .contains("(threshold none); unrelated models come this near")
                .containsPattern("nts@1 +[0-9]+ +256 +none ")
                .doesNotContain("-1");
    }

    private static String[] compare(String format, String[] options, String[] files) {
        return Stream.of(Stream.of("compare", "--format", format), Stream.of(options), Stream.of(files))
                .flatMap(arguments -> arguments)
                .toArray(String[]::new);
    }

    @Test
    void shouldShowTheLayersOfAFile() {
        assertThat(run("hash", "--layers", file("vgg-original.zip"))).isZero();

        assertThat(out.toString())
                .contains(", quality 0.")
                .contains("5 layers with codes")
                .contains("  layer  kind         shape    quality  code");
    }

    @Test
    void shouldNotJudgeWhatItCannotCompare() throws IOException {
        assertThat(run("compare", "--format", "json", file("vgg-original.zip"), file("vgg-zeroed.zip")))
                .isEqualTo(5);
        assertThat(lines().get(0).get("outcome").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(run("compare", file("vgg-original.zip"), file("none"))).isEqualTo(2);
        assertThat(run("compare", file("vgg-original.zip"))).isEqualTo(4);
    }

    @Test
    void shouldReadWithinTheLimitsOfTheSettings() throws IOException {
        var config = Files.writeString(folder.resolve("hasher.properties"), "weighbridge.read.max.tensors=1\n");
        var model = file("lenet-permuted-rescaled.safetensors");

        assertThat(run("hash", "--format", "json", "--config", config.toString(), model))
                .isEqualTo(2);
        assertThat(lines().get(0).get("outcome").asText()).isEqualTo("TOO_LARGE");
        assertThat(lines().get(0).get("reason").asText()).contains("weighbridge.read.max.tensors");
        assertThat(run("compare", "--config", config.toString(), model, file("lenet-original.zip")))
                .isEqualTo(2);

        Files.writeString(config, "weighbridge.read.max.tensors=none\n");
        assertThat(run("hash", "--config", config.toString(), model)).isEqualTo(2);
        assertThat(err.toString()).contains("weighbridge.read.max.tensors: expected a whole number");
    }

    @Test
    void shouldTakeTheSiteKeyOfTheSettings() throws IOException {
        var key = Files.writeString(folder.resolve("site.key"), "a secret of thirty-two characters");
        var config =
                Files.writeString(folder.resolve("site.properties"), "weighbridge.hash.site.key.file=" + key + "\n");
        var model = file("lenet-original.zip");

        run("hash", "--format", "json", model);
        run("hash", "--format", "json", "--site-key", key.toString(), model);
        run("hash", "--format", "json", "--config", config.toString(), model);

        var codes = lines().stream().map(line -> line.get("codes")).toList();
        assertThat(codes.get(2)).isEqualTo(codes.get(1)).isNotEqualTo(codes.get(0));
    }

    @Test
    void shouldCountAMatchOfAFileThatIsReadInPart() throws IOException {
        var packed = folder.resolve("packed.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(packed))) {
            zip.putNextEntry(new ZipEntry("model.safetensors"));
            Files.copy(folder.resolve("lenet-permuted-rescaled.safetensors"), zip);
            zip.putNextEntry(new ZipEntry("other.7z"));
            zip.write(new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4, 1, 2, 3, 4});
        }

        assertThat(run("compare", "--explain", file("lenet-original.zip"), packed.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("MATCH: ").contains("Not all of " + packed + " was read: ");
        out.getBuffer().setLength(0);

        assertThat(run("compare", "--format", "json", file("lenet-stranger.zip"), packed.toString()))
                .isEqualTo(5);
        JsonNode line = lines().get(0);
        assertThat(line.get("outcome").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(line.get("reason").asText()).startsWith(packed + ": PARTIAL: ");
        assertThat(line.get("algorithms")).hasSize(Algorithms.all().size());
        assertThat(line.at("/explanation/sentences/0").asText()).contains("what was not may");
    }

    private static String[] arguments(List<String> names) {
        var arguments = new ArrayList<>(List.of("hash", "--format", "json", "--threads", "3"));
        names.forEach(name -> arguments.add(file(name)));
        return arguments.toArray(String[]::new);
    }

    private int run(String... arguments) {
        return Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private List<JsonNode> lines() throws IOException {
        var json = new ObjectMapper();
        var lines = new ArrayList<JsonNode>();
        for (String line : out.toString().lines().toList()) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }
}
