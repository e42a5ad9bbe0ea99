package io.weighbridge.hasher.format.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.util.List;

/**
 * A group for each layer, as Keras 1 and 2 and the legacy mode of Keras 3 write them, listed by the attribute {@code layer_names}; each
 * lists its datasets by {@code weight_names}. In whole models they are below {@code model_weights}, with the architecture as JSON in the
 * attribute {@code model_config}. A nested model is one layer, and the inner layer's name a part of the weight's.
 */
final class LayerGroups {

    private final WeightReader reader;
    private final ReadLimits limits;

    LayerGroups(WeightReader reader, ReadLimits limits) {
        this.reader = reader;
        this.limits = limits;
    }

    void read(Group weights, List<String> layers) throws IOException {
        for (var name : layers) {
            if (!(Hdf5.child(weights, name) instanceof Group group)) {
                throw ModelFormatException.malformed("HDF5: no group for layer " + name);
            }
            var known = reader.model().named(name);
            var layer = known == null ? KerasLayer.unknown(name) : known;
            reader.enter(layer);
            var names = Hdf5.strings(group, "weight_names", limits);
            for (var weight : names == null ? List.<String>of() : names) {
                reader.read(weight, dataset(group, layer, weight), layerOf(weight, layer));
            }
        }
    }

    private static Dataset dataset(Group group, KerasLayer layer, String weight) throws IOException {
        Node node = group;
        for (var part : weight.split("/")) {
            node = node instanceof Group inner ? Hdf5.child(inner, part) : null;
        }
        if (!(node instanceof Dataset dataset)) {
            throw ModelFormatException.malformed("HDF5: no dataset " + weight + " in layer " + layer.name());
        }
        return dataset;
    }

    private static KerasLayer layerOf(String weight, KerasLayer layer) {
        var parts = weight.split("/");
        for (int i = parts.length - 2; i >= 0; i--) {
            var inner = layer.descendant(parts[i]);
            if (inner != null) {
                return inner;
            }
        }
        boolean isNamed = parts.length > 1 && layer.layerClass().isEmpty();
        return isNamed ? KerasLayer.unknown(parts[parts.length - 2]) : layer;
    }
}
