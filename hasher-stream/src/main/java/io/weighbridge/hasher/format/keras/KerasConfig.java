package io.weighbridge.hasher.format.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.hasher.format.ModelFormatException;
import java.util.HashMap;
import java.util.Map;

/** The classes of a model's layers by their names, nested models and wrapped layers included. */
final class KerasConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> classes = new HashMap<>();
    private boolean isChannelsFirst;

    /** Of a file that holds weights alone. */
    static KerasConfig none() {
        return new KerasConfig();
    }

    /** Reads the JSON of the attribute {@code model_config}. */
    static KerasConfig parse(String json) throws ModelFormatException {
        var config = new KerasConfig();
        try {
            config.addLayer(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw ModelFormatException.malformed("model_config: " + e.getOriginalMessage());
        }
        return config;
    }

    /** The class of a layer, e.g. {@code Conv2D}; empty if it is not known. */
    String classOf(String layer) {
        return classes.getOrDefault(layer, "");
    }

    /** Whether any layer keeps channels before positions; flattening then needs no reordering. */
    boolean isChannelsFirst() {
        return isChannelsFirst;
    }

    // relies on: the parser refuses deep nesting, so the recursion is bounded
    private void addLayer(JsonNode layer) {
        var config = layer.path("config");
        var name = config.path("name").asText(layer.path("name").asText());
        classes.putIfAbsent(name, layer.path("class_name").asText());
        isChannelsFirst |= config.path("data_format").asText().equals("channels_first");
        // Keras 1 and 2.0 wrote a Sequential's layers as its config.
        var layers = config.isArray() ? config : config.path("layers");
        for (var inner : layers) {
            addLayer(inner);
        }
        if (config.path("layer").isObject()) {
            addLayer(config.path("layer"));
        }
    }
}
