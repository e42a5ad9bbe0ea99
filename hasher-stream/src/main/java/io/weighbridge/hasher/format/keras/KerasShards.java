package io.weighbridge.hasher.format.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Weights of Keras 3 in several HDF5 files: the index, such as {@code model.weights.json}, tells the file of each group of variables. The files hold one
 * layer after the other in the order of the model, as {@link LayerTree} reads them, and a layer may begin in one and end in the next.
 */
public final class KerasShards {

    private static final String VARIABLES = "/vars";

    private final ReadLimits limits;
    private WeightReader reader;

    public KerasShards(ReadLimits limits) {
        this.limits = limits;
    }

    /** Whether what an index lists are groups of variables, not tensors. */
    public static boolean isListedIn(Map<String, Set<String>> shards) {
        return shards.values().stream()
                .allMatch(names -> names.stream().allMatch(name -> name.startsWith("/") && name.endsWith(VARIABLES)));
    }

    /**
     * Adds the next file, in the order of the shards' numbers.
     *
     * @param groups that the index places in it
     * @throws ModelFormatException if one of them is not there
     */
    public void add(ModelBytes file, Set<String> groups) throws IOException {
        var channel = new BoundedChannel(file);
        var hdf = KerasFormat.open(channel);
        for (var group : groups) {
            expect(group, hdf);
        }
        reader = reader == null ? new WeightReader(channel, limits, KerasConfig.none()) : reader.goingOn(channel);
        new LayerTree(reader).read(hdf);
    }

    /** All that was added. Relies on: some file was. */
    public ModelWeights weights(String format) throws ModelFormatException {
        return reader.weights(format);
    }

    private static void expect(String path, HdfFile hdf) throws IOException {
        Node node = hdf;
        for (var name : path.substring(1).split("/")) {
            node = node instanceof Group group ? Hdf5.child(group, name) : null;
        }
        if (!(node instanceof Group)) {
            throw ModelFormatException.malformed("expected group " + path + ", which the index places here");
        }
    }
}
