package io.weighbridge.hasher.format.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;

/**
 * Keras in HDF5: whole models and weights alone of Keras 1 and 2 and of Keras 3's legacy mode ({@link LayerGroups}), and weights alone of
 * Keras 3 ({@link LayerTree}).
 */
public final class KerasFormat implements ModelFormat {

    private static final long SIGNATURE = 0x0a1a0a0d46444889L;

    @Override
    public String id() {
        return "keras-h5";
    }

    /** The signature is at byte 0, 512, 1024, and so on doubled. */
    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        for (long at = 0; at < file.sizeBytes(); at = BoundedStorage.nextSignature(at)) {
            if (isSignature(file, at)) {
                return true;
            }
        }
        return false;
    }

    static boolean isSignature(ModelBytes file, long at) throws IOException {
        var start = file.peek(at, Long.BYTES);
        return start.remaining() == Long.BYTES && start.getLong() == SIGNATURE;
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var channel = new BoundedChannel(file);
        var hdf = open(channel);
        var weights = Hdf5.child(hdf, "model_weights") instanceof Group group ? group : hdf;
        var layers = Hdf5.strings(weights, "layer_names", limits);
        if (layers != null) {
            var reader = new WeightReader(channel, limits, config(hdf, limits));
            new LayerGroups(reader, limits).read(weights, layers);
            return reader.weights(id());
        }
        if (!LayerTree.isOne(hdf)) {
            throw ModelFormatException.unsupported("an HDF5 file that is no Keras model: no attribute layer_names");
        }
        return readTree(hdf, new WeightReader(channel, limits, KerasConfig.none()), id());
    }

    /** Reads the weights of an archive, which has the configuration beside them. */
    static ModelWeights readTree(ModelBytes file, ReadLimits limits, KerasLayer model, String id) throws IOException {
        var channel = new BoundedChannel(file);
        return readTree(open(channel), new WeightReader(channel, limits, model), id);
    }

    private static ModelWeights readTree(HdfFile hdf, WeightReader reader, String id) throws IOException {
        new LayerTree(reader).read(hdf);
        return reader.weights(id);
    }

    static HdfFile open(BoundedChannel channel) throws IOException {
        var hdf = BoundedStorage.open(channel);
        checkEnd(channel.file(), hdf);
        return hdf;
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

    private static KerasLayer config(HdfFile hdf, ReadLimits limits) throws IOException {
        var json = Hdf5.strings(hdf, "model_config", limits);
        return json == null || json.isEmpty() ? KerasConfig.none() : KerasConfig.parse(json.get(0), "model_config");
    }
}
