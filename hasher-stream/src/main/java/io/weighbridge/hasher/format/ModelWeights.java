package io.weighbridge.hasher.format;

import io.weighbridge.hash.WeightLayer;
import java.util.List;

/**
 * What a model file holds.
 *
 * @param tensors number of tensors of every kind, biases and statistics included
 * @param parameters numbers in those tensors
 * @param layers the convolution and dense weights among them, in the order of the file
 */
public record ModelWeights(String format, int tensors, long parameters, List<WeightLayer> layers) {
    public ModelWeights {
        layers = List.copyOf(layers);
    }
}
