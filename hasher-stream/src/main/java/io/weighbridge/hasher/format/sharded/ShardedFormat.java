package io.weighbridge.hasher.format.sharded;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.keras.KerasShards;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * The index of a sharded model ({@code model.safetensors.index.json}, {@code pytorch_model.bin.index.json}, {@code model.weights.json} of Keras): the shards lie beside it, and
 * together are one model.
 */
public final class ShardedFormat implements ModelFormat {

    /** Finds the format of a shard by its content. */
    @FunctionalInterface
    public interface Detector {
        ModelFormat of(ModelBytes file, ReadLimits limits) throws IOException;
    }

    private static final int MAX_SHARDS = 4096;
    /** Indexes begin with their metadata; what stands before the weight map in known ones takes some hundred bytes. */
    private static final int START_BYTES = 1 << 16;

    private static final String JSON_START = "{ \t\r\n";

    private final Detector formats;

    public ShardedFormat(Detector formats) {
        this.formats = formats;
    }

    @Override
    public String id() {
        return "sharded";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, START_BYTES);
        return start.hasRemaining() && JSON_START.indexOf(start.get(0)) >= 0 && IndexReader.recognises(start.array());
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        if (file.sizeBytes() > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge(
                    "index: " + file.sizeBytes() + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        var index = file.read(0, (int) file.sizeBytes(), "index").array();
        var shards = new IndexReader(limits).shards(index);
        if (shards.size() > MAX_SHARDS) {
            throw ModelFormatException.tooLarge("index: " + shards.size() + " shards, more than " + MAX_SHARDS);
        }
        if (KerasShards.isListedIn(shards)) {
            return readKeras(file, shards, limits);
        }
        var model = new CombinedWeights(limits);
        for (var shard : shards.entrySet()) {
            try {
                addShard(file, shard.getKey(), shard.getValue(), model);
            } catch (ModelFormatException e) {
                throw e.in("shard " + shard.getKey());
            }
        }
        return model.weights(id());
    }

    private ModelWeights readKeras(ModelBytes file, Map<String, Set<String>> shards, ReadLimits limits)
            throws IOException {
        var model = new KerasShards(limits);
        for (var shard : shards.entrySet()) {
            try {
                model.add(open(file, shard.getKey()), shard.getValue());
            } catch (ModelFormatException e) {
                throw e.in("shard " + shard.getKey());
            }
        }
        return model.weights(id());
    }

    private static ModelBytes open(ModelBytes index, String shard) throws IOException {
        return index.sibling(shard)
                .orElseThrow(() -> ModelFormatException.unsupported(
                        "not found beside the index, so that the model is not complete"));
    }

    private void addShard(ModelBytes index, String name, Set<String> tensors, CombinedWeights model)
            throws IOException {
        var shard = open(index, name);
        var format = formats.of(shard, model.limitsLeft());
        if (format instanceof ShardedFormat) {
            throw ModelFormatException.malformed("expected a file with tensors, got another index");
        }
        model.add(shard, format.read(shard, model.limitsLeft()), tensors);
    }
}
