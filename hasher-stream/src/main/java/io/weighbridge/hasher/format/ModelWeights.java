package io.weighbridge.hasher.format;

import io.weighbridge.hash.WeightLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model file holds.
 *
 * @param tensors number of tensors of every kind, biases and statistics included
 * @param parameters numbers in those tensors
 * @param layers the convolution and dense weights among them, in the order of the file
 * @param sizes how many numbers each tensor has, by name
 * @param remark why there are no layers, if more can be said than that no tensor is one
 */
public record ModelWeights(
        String format,
        int tensors,
        long parameters,
        List<WeightLayer> layers,
        Map<String, Long> sizes,
        Optional<String> remark) {
    public ModelWeights {
        layers = List.copyOf(layers);
        sizes = Map.copyOf(sizes);
    }
}
