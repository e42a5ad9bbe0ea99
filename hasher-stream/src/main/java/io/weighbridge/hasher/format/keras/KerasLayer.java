package io.weighbridge.hasher.format.keras;

import java.util.HashMap;
import java.util.Map;

/** A layer as the configuration tells it; of a nested model, its layers too. */
final class KerasLayer {

    private final String name;
    private final String layerClass;
    private final ImageFlow input;
    private final Map<String, KerasLayer> byName = new HashMap<>();
    private final Map<String, KerasLayer> byKey = new HashMap<>();
    private final Map<String, Integer> keyUses = new HashMap<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private Map<String, KerasLayer> descendants;

    KerasLayer(String name, String layerClass, ImageFlow input) {
        this.name = name;
        this.layerClass = layerClass;
        this.input = input;
    }

    /** A layer that the configuration does not tell: its class by the name that Keras would have given it, if that says one. */
    static KerasLayer unknown(String name) {
        return new KerasLayer(name, LayerNames.classOf(name), ImageFlow.NONE);
    }

    String name() {
        return name;
    }

    /** E.g. {@code Conv2D}, of a wrapped layer its own; empty if it is not known. */
    String layerClass() {
        return layerClass;
    }

    ImageFlow input() {
        return input;
    }

    boolean isModel() {
        return !byName.isEmpty();
    }

    /**
     * Adds a layer of this model.
     *
     * @param savedClass the class that files are laid out by: that of the wrapper, if there is one
     */
    void add(KerasLayer layer, String savedClass) {
        byName.putIfAbsent(layer.name, layer);
        var key = LayerNames.snakeCase(savedClass);
        int use = keyUses.merge(key, 1, Integer::sum) - 1;
        var unique = use == 0 ? key : key + "_" + use;
        byKey.putIfAbsent(unique, layer);
        indices.putIfAbsent(unique, indices.size());
    }

    /** Where a layer comes in this model; behind all if it is not known. */
    int indexOf(String key) {
        return indices.getOrDefault(key, Integer.MAX_VALUE);
    }

    /** A layer of this model by its name, or null. */
    KerasLayer named(String layer) {
        return byName.get(layer);
    }

    /** By what Keras 3 calls it in files: the class, and a number from the second on; null if there is none. */
    KerasLayer keyed(String key) {
        return byKey.get(key);
    }

    /** A layer of this model or of one in it, or null. */
    KerasLayer descendant(String layer) {
        if (descendants == null) {
            descendants = new HashMap<>();
            addDescendants(descendants);
        }
        return descendants.get(layer);
    }

    // relies on: the parser of the configuration refuses deep nesting
    private void addDescendants(Map<String, KerasLayer> all) {
        byName.forEach(all::putIfAbsent);
        byName.values().forEach(layer -> layer.addDescendants(all));
    }
}
