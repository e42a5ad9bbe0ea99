package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;

/** A folder of models and the manifest that lists them. */
public record Library(Path folder, List<LibraryModel> models) {

    /** The manifest's name in the folder. */
    public static final String MANIFEST = "manifest.csv";

    public Library {
        models = List.copyOf(models);
    }

    /**
     * Reads the manifest; the files are not opened.
     *
     * @throws IOException if it cannot be read, lists a file or an original twice, or has one family in both parts
     */
    public static Library open(Path folder) throws IOException {
        var manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest)) {
            throw new IOException(manifest + ": no such file");
        }
        var models = Manifest.read(manifest);
        var files = new HashSet<String>();
        var originals = new HashSet<String>();
        var parts = new HashMap<String, Part>();
        for (var model : models) {
            if (!folder.resolve(model.file()).normalize().startsWith(folder.normalize())) {
                throw new IOException(manifest + ": expected files below the folder, got " + model.file());
            }
            if (!files.add(model.file())) {
                throw new IOException(manifest + ": expected each file once, got " + model.file() + " again");
            }
            if (model.kind() == Kind.ORIGINAL && !originals.add(model.family())) {
                throw new IOException(manifest + ": expected one original in family " + model.family() + ", got more");
            }
            if (parts.putIfAbsent(model.family(), model.part()) != null && parts.get(model.family()) != model.part()) {
                throw new IOException(manifest + ": expected family " + model.family() + " in one part, got both");
            }
        }
        return new Library(folder, models);
    }
}
