package io.weighbridge.hasher.format;

import io.weighbridge.hash.WeightLayer;
import java.util.List;

/**
 * What a model file holds.
 *
 * @param tensors number of tensors of every kind, biases and statistics included
 * @param parameters numbers in those tensors
 * @param layers the convolution and dense weights among them, in the order of the file
 * @param unread names what else in the file may hold weights and is not among the layers; null if nothing does
 */
public record ModelWeights(String format, int tensors, long parameters, List<WeightLayer> layers, String unread) {
    public ModelWeights {
        layers = List.copyOf(layers);
    }

    /** All that the file holds. */
    public ModelWeights(String format, int tensors, long parameters, List<WeightLayer> layers) {
        this(format, tensors, parameters, layers, null);
    }

    /** The same with something beside it that was not read, also what was named before. */
    public ModelWeights withUnread(String more) {
        return new ModelWeights(format, tensors, parameters, layers, unread == null ? more : unread + "; " + more);
    }
}
