package io.weighbridge.hasher.format.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.List;

/**
 * Keras in HDF5: a group of weights for each layer, listed by the attributes {@code layer_names} and {@code weight_names}; in whole
 * models below {@code model_weights}, with the architecture as JSON in the attribute {@code model_config}.
 */
public final class KerasFormat implements ModelFormat {

    private static final long SIGNATURE = 0x0a1a0a0d46444889L;
    private static final int FIRST_USER_BLOCK_BYTES = 512;

    @Override
    public String id() {
        return "keras-h5";
    }

    /** The signature is at byte 0, 512, 1024, and so on doubled. */
    @Override
    public boolean recognises(ModelBytes file) throws IOException {
        for (long at = 0; at < file.sizeBytes(); at = at == 0 ? FIRST_USER_BLOCK_BYTES : at * 2) {
            var start = file.peek(at, Long.BYTES);
            if (start.remaining() == Long.BYTES && start.getLong() == SIGNATURE) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        // Never closed: it holds nothing but the channel, whose file is its owner's, and closing fails without a path.
        var channel = new BoundedChannel(file);
        var hdf = Hdf5.call("superblock", () -> new HdfFile(channel));
        checkEnd(file, hdf);
        var weights = Hdf5.child(hdf, "model_weights") instanceof Group group ? group : hdf;
        var layers = Hdf5.strings(weights, "layer_names", limits);
        if (layers == null) {
            throw ModelFormatException.unsupported("an HDF5 file that is no Keras model: no attribute layer_names");
        }
        return new Reader(channel, limits, config(hdf, limits)).read(weights, layers);
    }

    /** The superblock tells where the file ends; the HDF5 library itself refuses files that are shorter. */
    private static void checkEnd(ModelBytes file, HdfFile hdf) throws IOException {
        long end = Hdf5.call(
                "superblock", () -> hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress());
        if (end > file.sizeBytes()) {
            throw ModelFormatException.malformed(
                    "HDF5: expected the file to end at byte " + end + ", it ends at byte " + file.sizeBytes());
        }
    }

    private static KerasConfig config(HdfFile hdf, ReadLimits limits) throws IOException {
        var json = Hdf5.strings(hdf, "model_config", limits);
        return json == null || json.isEmpty() ? KerasConfig.none() : KerasConfig.parse(json.get(0));
    }

    /** Reads the layers of one file. */
    private static final class Reader {

        private final BoundedChannel channel;
        private final ReadLimits limits;
        private final KerasConfig config;
        private final WeightCollector collector;
        private final KerasLayout layout;

        Reader(BoundedChannel channel, ReadLimits limits, KerasConfig config) {
            this.channel = channel;
            this.limits = limits;
            this.config = config;
            this.collector = new WeightCollector(channel.file(), limits);
            this.layout = new KerasLayout(collector, config);
        }

        ModelWeights read(Group weights, List<String> layers) throws IOException {
            for (var layer : layers) {
                if (!(Hdf5.child(weights, layer) instanceof Group group)) {
                    throw ModelFormatException.malformed("HDF5: no group for layer " + layer);
                }
                layout.enter(layer);
                var names = Hdf5.strings(group, "weight_names", limits);
                for (var name : names == null ? List.<String>of() : names) {
                    readWeight(group, layer, name);
                }
            }
            return collector.weights("keras-h5");
        }

        private void readWeight(Group group, String layer, String name) throws IOException {
            Node node = group;
            for (var part : name.split("/")) {
                node = node instanceof Group inner ? Hdf5.child(inner, part) : null;
            }
            if (!(node instanceof Dataset dataset)) {
                throw ModelFormatException.malformed("HDF5: no dataset " + name + " in layer " + layer);
            }
            var tensor = new Hdf5Tensor(name, dataset);
            collector.count(name, tensor.numbers());
            layout.add(tensor, classOf(layer, name), () -> tensor.data(channel, limits));
        }

        /** Inside a nested model the name of the inner layer is part of the weight's name. */
        private String classOf(String layer, String weight) {
            var parts = weight.split("/");
            for (int i = parts.length - 2; i >= 0; i--) {
                if (!config.classOf(parts[i]).isEmpty()) {
                    return config.classOf(parts[i]);
                }
            }
            return config.classOf(layer);
        }
    }
}
