package io.weighbridge.app.zoo.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoModel.Expected;
import io.weighbridge.app.demo.DemoModel.Role;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.zoo.save.Precision;
import io.weighbridge.app.zoo.save.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/** The folder that the files go to, and their manifest as it grows. */
final class DemoFolder {

    private final Path folder;
    private final List<DemoModel> models = new ArrayList<>();

    DemoFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    /** Writes a network as Deeplearning4j does, without the state of its training. */
    void writeZip(String file, MultiLayerNetwork network) throws IOException {
        ModelSerializer.writeModel(network, path(file).toFile(), false);
    }

    /** Writes a network as safetensors, under the names and in the layouts of PyTorch. */
    void writeSafetensors(String file, MultiLayerNetwork network, Precision precision) throws IOException {
        SafetensorsWriter.write(path(file), ChainTensors.of(network), precision);
    }

    void addProtected(String file, String id, String architecture, double accuracy, String description)
            throws IOException {
        var story = new Story(id, id, "original", architecture, accuracy, description);
        add(file, Role.PROTECTED, Expected.MATCH, story);
    }

    void addUpload(String file, Expected expected, Story story) throws IOException {
        add(file, Role.UPLOAD, expected, story);
    }

    private void add(String file, Role role, Expected expected, Story story) throws IOException {
        byte[] content = Files.readAllBytes(path(file));
        var model = new DemoModel(
                file,
                story.id(),
                role,
                story.original(),
                story.change(),
                story.architecture(),
                story.accuracy(),
                expected,
                story.description(),
                content.length,
                sha256(content));
        models.add(model);
        System.out.printf("%-42s %7d bytes  accuracy %s%n", file, content.length, story.accuracy());
    }

    void writeManifest() throws IOException {
        var json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(path("manifest.json"), json.writeValueAsString(new DemoSet(models)) + "\n");
    }

    /** What the manifest tells of a file; the fields are those of {@link DemoModel}. */
    record Story(String id, String original, String change, String architecture, Double accuracy, String description) {}

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
