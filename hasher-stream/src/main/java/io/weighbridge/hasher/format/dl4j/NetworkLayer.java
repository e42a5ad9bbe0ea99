package io.weighbridge.hasher.format.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.hasher.format.ModelFormatException;

/**
 * One layer of a configuration.
 *
 * @param name index or vertex name, the prefix of its parameters' names
 * @param className simple name of its class, wrappers taken off
 * @param settings its fields
 * @param preProcessor what reshapes its input, or a missing node
 */
record NetworkLayer(String name, String className, JsonNode settings, JsonNode preProcessor) {

    private static final String PACKAGE = "org.deeplearning4j.nn.conf.layers.";
    private static final int MAX_WRAPPERS = 8;

    /** Takes off wrappers that hold the parameters of the layer inside, and nothing else. */
    static NetworkLayer of(String name, JsonNode layer, JsonNode preProcessor) throws ModelFormatException {
        var settings = layer;
        for (int i = 0; i < MAX_WRAPPERS; i++) {
            var className = simpleName(name, settings);
            switch (className) {
                case "FrozenLayer", "FrozenLayerWithBackprop" -> settings = settings.path("layer");
                case "MaskZeroLayer", "LastTimeStep", "TimeDistributed" -> settings = settings.path("underlying");
                default -> {
                    return new NetworkLayer(name, className, settings, preProcessor);
                }
            }
        }
        throw ModelFormatException.unsupported("layer " + name + ": wrapped more than " + MAX_WRAPPERS + " times");
    }

    /** A size, such as {@code nin}: 1 to 2³¹ - 1. */
    long size(String field) throws ModelFormatException {
        var value = settings.path(field);
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
            throw ModelFormatException.malformed(
                    "configuration.json, layer " + name + ": expected " + field + " > 0, got " + value);
        }
        return value.intValue();
    }

    long[] sizes(String field) throws ModelFormatException {
        var values = settings.path(field);
        var sizes = new long[Math.min(values.size(), 8)];
        for (int i = 0; i < sizes.length; i++) {
            var value = values.get(i);
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
                throw ModelFormatException.malformed(
                        "configuration.json, layer " + name + ": expected " + field + " > 0, got " + values);
            }
            sizes[i] = value.intValue();
        }
        return sizes;
    }

    boolean flag(String field, boolean valueIfNone) {
        return settings.path(field).asBoolean(valueIfNone);
    }

    private static String simpleName(String name, JsonNode settings) throws ModelFormatException {
        var fullName = settings.path("@class").asText();
        if (!fullName.startsWith(PACKAGE)) {
            throw ModelFormatException.unsupported(
                    "layer " + name + ": class " + (fullName.isEmpty() ? "(none)" : fullName) + " is not known");
        }
        return fullName.substring(fullName.lastIndexOf('.') + 1);
    }
}
