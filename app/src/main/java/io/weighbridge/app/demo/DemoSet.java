package io.weighbridge.app.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The models that ship with the program, in the order of their manifest. */
public record DemoSet(List<DemoModel> models) {

    private static final String FOLDER = "/demo/";
    private static final String MANIFEST = "manifest.json";

    public DemoSet {
        models = List.copyOf(models);
    }

    /** Reads the manifest from the class path. */
    public static DemoSet load() throws IOException {
        try (var manifest = open(MANIFEST)) {
            return new JsonMapper().readValue(manifest, DemoSet.class);
        }
    }

    public List<DemoModel> protectedModels() {
        return inRole(DemoModel.Role.PROTECTED);
    }

    public List<DemoModel> uploads() {
        return inRole(DemoModel.Role.UPLOAD);
    }

    private List<DemoModel> inRole(DemoModel.Role role) {
        return models.stream().filter(model -> model.role() == role).toList();
    }

    /** Writes all files into a folder, which is made if need be, over what is there. */
    public void extractTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var model : models) Files.write(folder.resolve(model.file()), content(model));
    }

    /** The bytes of a file, checked against the manifest. */
    public static byte[] content(DemoModel model) throws IOException {
        try (var file = open(model.file())) {
            byte[] bytes = file.readAllBytes();
            var digest = sha256(bytes);
            if (!digest.equals(model.sha256()))
                throw new IOException("SHA-256 of " + FOLDER + model.file() + ": expected " + model.sha256() + ", got "
                        + digest + " in " + bytes.length + " bytes");
            return bytes;
        }
    }

    private static InputStream open(String name) throws IOException {
        var stream = DemoSet.class.getResourceAsStream(FOLDER + name);
        if (stream == null) throw new NoSuchFileException(FOLDER + name, null, "expected on the class path");
        return stream;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
