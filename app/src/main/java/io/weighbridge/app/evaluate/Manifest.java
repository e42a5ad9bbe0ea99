package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The list of a model library's files, {@code manifest.csv}: one line a file, named columns in any order. {@code file,family,change,kind,architecture}
 * are needed; without a {@code part} all files are reported on. No field holds a comma or a quote.
 */
public final class Manifest {

    private static final List<String> NEEDED = List.of("file", "family", "change", "kind", "architecture");
    private static final String HEADER = "file,family,change,kind,architecture,task,part,accuracy,originalAccuracy";

    private Manifest() {}

    /**
     * The files that a manifest lists, in its order.
     *
     * @throws IOException if it cannot be read, or a line is not as it should be; the message tells which
     */
    public static List<LibraryModel> read(Path manifest) throws IOException {
        var lines = Files.readAllLines(manifest);
        var columns =
                lines.isEmpty() ? List.<String>of() : Arrays.asList(lines.get(0).split(","));
        if (!columns.containsAll(NEEDED)) {
            throw new IOException(manifest + ", line 1: expected the columns " + NEEDED + ", got " + columns);
        }
        var models = new ArrayList<LibraryModel>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                models.add(model(fields(columns, lines.get(i))));
            } catch (IllegalArgumentException e) {
                throw new IOException(manifest + ", line " + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        return models;
    }

    /** Writes a manifest, in the order given. */
    public static void write(Path manifest, List<LibraryModel> models) throws IOException {
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        models.forEach(model -> lines.add(line(model)));
        Files.write(manifest, lines);
    }

    private static Map<String, String> fields(List<String> columns, String line) {
        String[] values = line.split(",", -1);
        if (values.length != columns.size()) {
            throw new IllegalArgumentException("expected " + columns.size() + " fields, got " + values.length);
        }
        var fields = new LinkedHashMap<String, String>();
        for (int i = 0; i < values.length; i++) {
            fields.put(columns.get(i), values[i]);
        }
        return fields;
    }

    private static LibraryModel model(Map<String, String> fields) {
        return new LibraryModel(
                fields.get("file"),
                fields.get("family"),
                fields.get("change"),
                Kind.valueOf(fields.get("kind").toUpperCase(Locale.ROOT)),
                fields.get("architecture"),
                fields.getOrDefault("task", ""),
                Part.valueOf(fields.getOrDefault("part", Part.REPORT.id()).toUpperCase(Locale.ROOT)),
                number(fields.getOrDefault("accuracy", "")),
                number(fields.getOrDefault("originalAccuracy", "")));
    }

    private static OptionalDouble number(String text) {
        return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
    }

    private static String line(LibraryModel model) {
        return String.join(
                ",",
                model.file(),
                model.family(),
                model.change(),
                model.kind().id(),
                model.architecture(),
                model.task(),
                model.part().id(),
                text(model.accuracy()),
                text(model.originalAccuracy()));
    }

    private static String text(OptionalDouble accuracy) {
        return accuracy.isPresent() ? String.format(Locale.ROOT, "%.4f", accuracy.getAsDouble()) : "";
    }
}
