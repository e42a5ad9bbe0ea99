package io.weighbridge.hasher.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.format.detect.ModelFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The model files of {@code src/test/resources/models}, and what is expected in them. */
public final class ModelFixtures {

    /** A layer with its numbers, comparable. */
    public record Layer(String name, String kind, int outputs, int inputs, int positions, List<Float> weights) {}

    private ModelFixtures() {}

    public static byte[] bytes(String name) {
        try (var in = ModelFixtures.class.getResourceAsStream("/models/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path copyTo(Path folder, String name) throws IOException {
        return Files.write(folder.resolve(name), bytes(name));
    }

    /** The layers that {@code NAME.json} lists. */
    public static List<Layer> expected(String name) throws IOException {
        var rows = new ObjectMapper().readTree(bytes(name + ".json"));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ModelFixtures::layer)
                .toList();
    }

    /** Reads a file as {@code ModelScanner} does, and all its weights. */
    public static List<Layer> layers(Path file) throws IOException {
        try (var bytes = ModelBytes.open(file, Duration.ofMinutes(1))) {
            return layers(ModelFormats.of(bytes, ReadLimits.STANDARD).read(bytes, ReadLimits.STANDARD));
        }
    }

    public static List<Layer> layers(ModelWeights model) {
        return model.layers().stream().map(ModelFixtures::layer).toList();
    }

    private static Layer layer(WeightLayer layer) {
        var weights = new ArrayList<Float>();
        for (float weight : layer.weights()) {
            weights.add(weight);
        }
        return new Layer(
                layer.name(), layer.kind().name(), layer.outputs(), layer.inputs(), layer.positions(), weights);
    }

    private static Layer layer(JsonNode row) {
        var weights = new ArrayList<Float>();
        row.get(5).forEach(weight -> weights.add((float) weight.asDouble()));
        return new Layer(
                row.get(0).asText(),
                row.get(1).asText(),
                row.get(2).asInt(),
                row.get(3).asInt(),
                row.get(4).asInt(),
                weights);
    }
}
