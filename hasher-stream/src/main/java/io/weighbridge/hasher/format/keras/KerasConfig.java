package io.weighbridge.hasher.format.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.hasher.format.ModelFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a model by its configuration, and what runs between them. Models are Sequential, or list for each layer the ones it follows:
 * {@code [name, node, tensor, ...]} in Keras 2, tensors with a {@code keras_history} in Keras 3.
 */
final class KerasConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    // relies on: the parser refuses deep nesting, so all recursion here is bounded
    private KerasConfig() {}

    /** Of a file that holds weights alone. */
    static KerasLayer none() {
        return new KerasLayer("", "", ImageFlow.NONE);
    }

    /**
     * The whole model: a layer that holds all others.
     *
     * @param what the subject of the error message
     */
    static KerasLayer parse(String json, String what) throws ModelFormatException {
        try {
            var root = JSON.readTree(json);
            if (!root.path("class_name").isTextual()) {
                throw ModelFormatException.malformed(what + ": expected an object with a class_name");
            }
            var model = none();
            readModel(root, List.of(), model);
            return model;
        } catch (JsonProcessingException e) {
            throw ModelFormatException.malformed(what + ": " + e.getOriginalMessage());
        }
    }

    /** Adds the layers of a model; returns what comes out of it. */
    private static ImageFlow readModel(JsonNode json, List<ImageFlow> inputs, KerasLayer model) {
        var given = inputs.iterator();
        var flows = new HashMap<String, ImageFlow>();
        var last = ImageFlow.joined(inputs, json.path("config"));
        for (var layer : layers(json)) {
            boolean isInput = layer.path("class_name").asText().equals("InputLayer");
            var sources = isInput
                    ? given.hasNext() ? List.of(given.next()) : List.<ImageFlow>of()
                    : layer.has("inbound_nodes") ? flowsOf(layer, flows) : List.of(last);
            last = readLayer(layer, sources, model);
            flows.putIfAbsent(nameOf(layer), last);
        }
        for (var output : names(json.path("config").path("output_layers"))) {
            return flows.getOrDefault(output, last);
        }
        return last;
    }

    private static ImageFlow readLayer(JsonNode json, List<ImageFlow> inputs, KerasLayer model) {
        var savedClass = json.path("class_name").asText();
        var wrapped = json.path("config").path("layer");
        var inner = savedClass.equals("TimeDistributed") && wrapped.isObject() ? wrapped : json;
        var innerClass = inner.path("class_name").asText();
        var config = inner.path("config");
        var layer = new KerasLayer(nameOf(json), innerClass, ImageFlow.joined(inputs, config));
        model.add(layer, savedClass);
        return layers(inner).isEmpty() ? ImageFlow.behind(innerClass, config, inputs) : readModel(inner, inputs, layer);
    }

    /** Keras 1 and 2.0 wrote a Sequential's layers as its config. */
    private static JsonNode layers(JsonNode json) {
        var config = json.path("config");
        return config.isArray() ? config : config.path("layers");
    }

    private static String nameOf(JsonNode layer) {
        return layer.path("config").path("name").asText(layer.path("name").asText());
    }

    /** What a layer gets where it is used first. */
    private static List<ImageFlow> flowsOf(JsonNode layer, Map<String, ImageFlow> flows) {
        return names(layer.path("inbound_nodes").path(0)).stream()
                .map(name -> flows.getOrDefault(name, ImageFlow.NONE))
                .toList();
    }

    /** The layers that a node, or a list of ends, refers to. */
    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        collect(node, names);
        return names;
    }

    private static void collect(JsonNode node, List<String> names) {
        if (node.path("keras_history").path(0).isTextual()) {
            names.add(node.path("keras_history").path(0).asText());
        } else if (node.isArray() && node.path(0).isTextual() && node.path(1).isInt()) {
            names.add(node.path(0).asText());
        } else {
            node.forEach(inner -> collect(inner, names));
        }
    }
}
