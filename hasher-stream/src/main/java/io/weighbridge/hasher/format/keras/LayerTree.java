package io.weighbridge.hasher.format.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Groups nested as the objects of the model are, as Keras 3 writes them: {@code vars} of a layer holds its numbered variables, {@code
 * layers} of a model its layers by class and count ({@code conv2d}, {@code conv2d_1}), other groups are attributes.
 *
 * <p>HDF5 lists groups by name. Their order in the model is that of the configuration, and without one that in which they lie in the
 * file: Keras makes one after the other.
 */
final class LayerTree {

    private static final String VARIABLES = "vars";
    /** The second as Keras 2.12 and 2.13 wrote them. */
    private static final List<String> LAYERS = List.of("layers", "_layer_checkpoint_dependencies");

    /** Attributes of the model itself that are no part of the network. */
    private static final Set<String> TRAINING = Set.of(
            "optimizer",
            "_optimizer",
            "loss",
            "_compile_loss",
            "_loss_tracker",
            "metrics",
            "_metrics",
            "_compile_metrics");

    private static final int MAX_DEPTH = 64;

    private final WeightReader reader;
    private final Set<Long> visited = new HashSet<>();

    LayerTree(WeightReader reader) {
        this.reader = reader;
    }

    /** Whether a file is laid out like this. */
    static boolean isOne(Group root) throws IOException {
        return Hdf5.child(root, VARIABLES) instanceof Group
                || Hdf5.child(root, LAYERS.get(0)) instanceof Group
                || Hdf5.child(root, LAYERS.get(1)) instanceof Group;
    }

    void read(Group root) throws IOException {
        read(root, reader.model(), new Place("", 0));
    }

    /** Where a group is in the model. */
    private record Place(String path, int depth) {

        Place below(String name) throws ModelFormatException {
            if (depth == MAX_DEPTH) {
                throw ModelFormatException.malformed("HDF5: expected at most " + MAX_DEPTH + " groups in each other");
            }
            return new Place(path + name + "/", depth + 1);
        }
    }

    /** Reads a group once, however many names it has. */
    private void read(Group group, KerasLayer layer, Place place) throws IOException {
        if (!visited.add(Hdf5.call(place.path, group::getAddress))) {
            return;
        }
        readVariables(group, layer, place);
        for (var name : LAYERS) {
            if (Hdf5.child(group, name) instanceof Group layers) {
                readLayers(layers, layer, place);
            }
        }
        for (var attribute : groups(group)) {
            var name = attribute.getName();
            if (isOfTheModel(name, place)) {
                boolean isLayer = layer.isModel() || layer.layerClass().isEmpty();
                enter(attribute, isLayer ? KerasLayer.unknown(name) : layer, place.below(name));
            }
        }
    }

    private void readVariables(Group group, KerasLayer layer, Place place) throws IOException {
        if (!(Hdf5.child(group, VARIABLES) instanceof Group variables)) {
            return;
        }
        var names = new ArrayList<>(Hdf5.names(variables));
        names.sort(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        for (var name : names) {
            if (Hdf5.child(variables, name) instanceof Dataset dataset) {
                reader.read(place.path + VARIABLES + "/" + name, dataset, layer);
            }
        }
    }

    private void readLayers(Group layers, KerasLayer model, Place place) throws IOException {
        var groups = groups(layers);
        groups.sort(Comparator.comparingInt(group -> model.indexOf(group.getName())));
        for (var group : groups) {
            var known = model.keyed(group.getName());
            var layer = known == null ? KerasLayer.unknown(group.getName()) : known;
            enter(group, layer, place.below(layer.name()));
        }
    }

    private void enter(Group group, KerasLayer layer, Place place) throws IOException {
        reader.enter(layer);
        read(group, layer, place);
    }

    private static boolean isOfTheModel(String attribute, Place place) {
        boolean isTraining = place.depth == 0 && TRAINING.contains(attribute);
        return !attribute.equals(VARIABLES) && !LAYERS.contains(attribute) && !isTraining;
    }

    /** The groups in a group, in the order in which they lie in the file. */
    private static List<Group> groups(Group group) throws IOException {
        var groups = new ArrayList<Group>();
        for (var name : Hdf5.names(group)) {
            if (Hdf5.child(group, name) instanceof Group inner) {
                groups.add(inner);
            }
        }
        groups.sort(Comparator.comparingLong(Group::getAddress));
        return groups;
    }
}
