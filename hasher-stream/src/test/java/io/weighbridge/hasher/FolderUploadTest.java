package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReadingHasher;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as frameworks write them, uploaded as a whole, and scanned as a folder of this machine: both tell the same of every file. */
class FolderUploadTest {

    private static final String DATA = "variables.data-00000-of-00001";

    @TempDir
    private Path root;

    private Path folder;

    private final ModelScanner scanner = new ModelScanner(ReadLimits.STANDARD, ReadingHasher.create());

    @BeforeEach
    void shouldHaveAFolder() throws IOException {
        folder = Files.createDirectory(root.resolve("upload"));
    }

    @Test
    void shouldHashASavedModelAsAWhole() throws Exception {
        savedModel("net/");

        assertThat(scan().outcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcomes())
                .isEqualTo(Map.of(
                        "net/saved_model.pb",
                        "PART: belongs to the model of net/variables/variables.index",
                        "net/fingerprint.pb",
                        "PART: belongs to the model of net/variables/variables.index",
                        "net/assets/words",
                        "PART: belongs to the model of net/variables/variables.index",
                        "net/variables/variables.index",
                        "HASHED: null",
                        "net/variables/" + DATA,
                        "PART: read with net/variables/variables.index"));
    }

    @Test
    void shouldHashASavedModelAtTheRootOfARepository() throws Exception {
        savedModel("");

        assertThat(scan().outcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcomes()).containsEntry("assets/words", "PART: belongs to the model of variables/variables.index");
    }

    /** A model hides nowhere: in the assets of a SavedModel it has codes of its own. */
    @Test
    void shouldHashAModelAmongTheAssets() throws Exception {
        savedModel("net/");
        write("net/assets/words", ModelFixtures.bytes("tiny.pt"));

        assertThat(outcomes()).containsEntry("net/assets/words", "HASHED: null");
    }

    @Test
    void shouldNotCallAGraphAPartOfVariablesThatHaveNoCode() throws Exception {
        savedModel("net/");
        Files.delete(folder.resolve("net/variables/" + DATA));

        assertThat(scan().outcome()).isEqualTo(Outcome.UNSUPPORTED);
        assertThat(outcomes().get("net/fingerprint.pb")).startsWith("UNSUPPORTED: no known model format");
    }

    @Test
    void shouldHashACheckpointOfTensorFlow1AsAWhole() throws Exception {
        for (var name : List.of("checkpoint", "tiny.ckpt-7.index", "tiny.ckpt-7.data-00000-of-00001")) {
            write(name, ModelFixtures.bytes("tensorflow/first/" + name));
        }
        write("tiny.ckpt-7.meta", HexFormat.of().parseHex("0a020801"));

        assertThat(scan().outcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcomes())
                .containsEntry("tiny.ckpt-7.meta", "PART: belongs to the model of tiny.ckpt-7.index")
                .containsEntry("checkpoint", "PART: read with tiny.ckpt-7.index");
    }

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "bin"})
    void shouldNotHashShardsAgain(String ending) throws Exception {
        var index = "tiny." + ending + ".index.json";
        write(index, ModelFixtures.bytes(index));
        var first = "tiny-00001-of-00002." + ending;
        var second = "tiny-00002-of-00002." + ending;
        write(first, ModelFixtures.bytes(first));
        write(second, ModelFixtures.bytes(second));
        write("LICENSE", "Do as you like.".getBytes());

        assertThat(scan().outcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcomes())
                .isEqualTo(Map.of(
                        index, "HASHED: null", first, "PART: read with " + index, second, "PART: read with " + index));
    }

    @Test
    void shouldNotHashShardsOfKerasAgain() throws Exception {
        var expected = new TreeMap<>(Map.of("tiny.weights.json", "HASHED: null"));
        write("tiny.weights.json", ModelFixtures.bytes("tiny.weights.json"));
        for (int i = 0; i < 3; i++) {
            var shard = "tiny_0000" + i + ".weights.h5";
            write(shard, ModelFixtures.bytes(shard));
            expected.put(shard, "PART: read with tiny.weights.json");
        }

        assertThat(scan().outcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcomes()).isEqualTo(expected);
    }

    @Test
    void shouldCallTheExternalDataOfAGraphAPart() throws Exception {
        var model = OnnxMl.ModelProto.parseFrom(ModelFixtures.bytes("tiny.onnx")).toBuilder();
        var data = new ByteArrayOutputStream();
        for (var tensor : model.getGraphBuilder().getInitializerBuilderList()) {
            var numbers = tensor.getRawData().toByteArray();
            tensor.clearRawData().setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
            tensor.addExternalDataBuilder().setKey("location").setValue("model.onnx.data");
            tensor.addExternalDataBuilder().setKey("offset").setValue("" + data.size());
            tensor.addExternalDataBuilder().setKey("length").setValue("" + numbers.length);
            data.write(numbers);
        }
        write("model.onnx", model.build().toByteArray());
        write("model.onnx.data", data.toByteArray());

        assertThat(scan().outcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcomes())
                .isEqualTo(Map.of("model.onnx", "HASHED: null", "model.onnx.data", "PART: read with model.onnx"));
    }

    private void savedModel(String at) throws IOException {
        write(at + "variables/variables.index", ModelFixtures.bytes("tensorflow/variables.index"));
        write(at + "variables/" + DATA, ModelFixtures.bytes("tensorflow/" + DATA));
        write(at + "saved_model.pb", HexFormat.of().parseHex("080112080a0412024142"));
        write(at + "fingerprint.pb", HexFormat.of().parseHex("08d8a1c5ffe08cb0e5c8011001"));
        write(at + "assets/words", "one\ntwo\n".getBytes());
        write(at + "README.md", "text".getBytes());
    }

    private void write(String path, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.write(folder.resolve(path), content);
    }

    /** The files with their outcomes and reasons, which an upload and a folder scanned here agree on. */
    private Map<String, String> outcomes() throws Exception {
        var uploaded = new TreeMap<String, String>();
        scan().files().forEach(file -> uploaded.put(file.getPath(), told(file)));
        var scans = FolderScanner.of(folder, scanner);
        var here = new TreeMap<String, String>();
        for (var paths : List.of(scans.first(), scans.rest())) {
            paths.forEach(path -> here.put(path, told(scans.scan(path)).replace(folder + "/", "")));
        }
        assertThat(here).isEqualTo(uploaded);
        return uploaded;
    }

    private static String told(FileScan file) {
        assertThat(file.getSha256()).hasSize(64);
        assertThat(file.getCodes().isEmpty()).isEqualTo(file.getOutcome() != Outcome.HASHED);
        return file.getOutcome() + ": " + file.getReason();
    }

    private ScanReport scan() throws Exception {
        var settings = HasherStage.settings(root, Map.of());
        var file = ModelFile.newBuilder()
                .setPath("upload")
                .setUrl(folder.toUri().toString())
                .build();
        try (var fetcher = Fetcher.open(settings.fetch())) {
            var metrics = new HasherMetrics(new SimpleMeterRegistry());
            return new RequestScanner(fetcher, scanner::scan, settings, metrics, System::nanoTime)
                    .scan(List.of(file), Share.LIVE);
        }
    }
}
