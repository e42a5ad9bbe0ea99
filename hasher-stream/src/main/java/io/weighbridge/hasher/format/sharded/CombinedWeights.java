package io.weighbridge.hasher.format.sharded;

import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tensors of several files as one model, under the limits of one. */
final class CombinedWeights {

    private final ReadLimits limits;
    private final List<WeightLayer> layers = new ArrayList<>();
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private Optional<String> remark = Optional.empty();
    private int tensorsRead;
    private double layerNumbers;
    private double shardBytes;

    CombinedWeights(ReadLimits limits) {
        this.limits = limits;
    }

    /** The limits for the next shard: what the others have taken of them is gone. */
    ReadLimits limitsLeft() {
        return new ReadLimits(
                limits.maxHeaderBytes(),
                limits.maxTensors() - tensorsRead,
                limits.maxTensorWeights(),
                limits.maxEntries(),
                limits.maxInflatedBytes());
    }

    /**
     * Adds those tensors of a shard that the index places there.
     *
     * @throws ModelFormatException if one of them is not there
     */
    void add(ModelBytes file, ModelWeights shard, Set<String> tensors) throws ModelFormatException {
        for (var tensor : tensors) {
            var numbers = shard.sizes().get(tensor);
            if (numbers == null) {
                throw ModelFormatException.malformed("expected tensor " + tensor + ", which the index places here");
            }
            sizes.put(tensor, numbers);
        }
        tensorsRead += shard.tensors();
        shardBytes += file.sizeBytes();
        remark = remark.or(shard::remark);
        for (var layer : shard.layers()) {
            if (tensors.contains(layer.name())) {
                layerNumbers += layer.size();
                layers.add(layer);
            }
        }
        // A number takes a byte or more, but for some that are packed: these come under the allowance.
        if (layerNumbers > shardBytes + limits.maxInflatedBytes()) {
            throw ModelFormatException.tooLarge(
                    "layers have more numbers than the shards bytes, and maxInflatedBytes = "
                            + limits.maxInflatedBytes());
        }
    }

    ModelWeights weights(String format) throws ModelFormatException {
        long parameters = 0;
        for (var tensor : sizes.entrySet()) {
            parameters += tensor.getValue();
            if (parameters < 0) {
                throw ModelFormatException.malformed(
                        "tensor " + tensor.getKey() + ": more than 2^63 numbers in all shards");
            }
        }
        return new ModelWeights(
                format, sizes.size(), parameters, layers, sizes, layers.isEmpty() ? remark : Optional.empty());
    }
}
