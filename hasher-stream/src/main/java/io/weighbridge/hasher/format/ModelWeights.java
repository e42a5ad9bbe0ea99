package io.weighbridge.hasher.format;

import io.weighbridge.hash.WeightLayer;
import java.util.List;

/**
 * What a model file holds.
 *
 * @param tensors number of tensors of every kind, biases and statistics included
 * @param parameters numbers in those tensors
 * @param layers the convolution and dense weights among them, in the order of the file
 * @param remark what else to say of a file that holds no layers; empty if nothing
 */
public record ModelWeights(String format, int tensors, long parameters, List<WeightLayer> layers, String remark) {
    public ModelWeights {
        layers = List.copyOf(layers);
    }

    public ModelWeights(String format, int tensors, long parameters, List<WeightLayer> layers) {
        this(format, tensors, parameters, layers, "");
    }

    /** The same with another remark. */
    public ModelWeights withRemark(String other) {
        return new ModelWeights(format, tensors, parameters, layers, other);
    }
}
