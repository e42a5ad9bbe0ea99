package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.hash.TestLayer;
import io.weighbridge.hash.TestModels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A library of a few made-up networks in safetensors files. */
public final class TinyLibrary {

    private final Path folder;
    private final List<LibraryModel> models = new ArrayList<>();

    private TinyLibrary(Path folder) {
        this.folder = folder;
    }

    /** Families of the report part with seven files each, and two files that cannot be hashed. */
    public static Path write(Path folder, int families) throws IOException {
        var library = new TinyLibrary(Files.createDirectories(folder));
        for (int f = 0; f < families; f++) {
            library.family(f);
        }
        library.list("broken.safetensors", "family-0", "cut-off", Kind.COPY, .8);
        Files.writeString(folder.resolve("broken.safetensors"), "not a model");
        library.list("missing.safetensors", "family-0", "lost", Kind.COPY, .8);
        Manifest.write(folder.resolve(Library.MANIFEST), library.models);
        return folder;
    }

    private void family(int family) throws IOException {
        add(family, "original", Kind.ORIGINAL, .9, model -> model);
        add(family, "fine-tuned", Kind.COPY, .85, model -> TestModels.fineTuned(model, .1));
        add(family, "pruned-50", Kind.COPY, .8, model -> TestModels.pruned(model, .5));
        add(family, "pruned-90", Kind.COPY, .2, model -> TestModels.pruned(model, .9));
        add(family, "permuted", Kind.SAME, .9, model -> TestModels.permuted(model, 3));
        add(family, "student", Kind.STUDENT, .8, model -> TestModels.random(1000 + family));
        add(family, "fresh", Kind.FRESH, .1, model -> TestModels.random(2000 + family));
    }

    private void add(int family, String change, Kind kind, double accuracy, UnaryOperator<List<TestLayer>> made)
            throws IOException {
        String file = "family-" + family + "-" + change + ".safetensors";
        Files.write(folder.resolve(file), safetensors(made.apply(TestModels.random(family))));
        list(file, "family-" + family, change, kind, accuracy);
    }

    private void list(String file, String family, String change, Kind kind, double accuracy) {
        models.add(new LibraryModel(
                file,
                family,
                change,
                kind,
                "chain",
                "drawn",
                Part.REPORT,
                OptionalDouble.of(accuracy),
                OptionalDouble.of(.9)));
    }

    /** Length of the header | header | weights, little-endian. */
    private static byte[] safetensors(List<TestLayer> layers) {
        var header = new ArrayList<String>();
        var weights = new ByteArrayOutputStream();
        for (var layer : layers) {
            int from = weights.size();
            var bytes = ByteBuffer.allocate(4 * Math.toIntExact(layer.size())).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(layer.weights());
            weights.writeBytes(bytes.array());
            header.add("\"%s\":{\"dtype\":\"F32\",\"shape\":[%d,%d,%d,1],\"data_offsets\":[%d,%d]}"
                    .formatted(layer.name(), layer.outputs(), layer.inputs(), layer.positions(), from, weights.size()));
        }
        byte[] json = header.stream().collect(Collectors.joining(",", "{", "}")).getBytes(StandardCharsets.UTF_8);
        var file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .array());
        file.writeBytes(json);
        file.writeBytes(weights.toByteArray());
        return file.toByteArray();
    }
}
