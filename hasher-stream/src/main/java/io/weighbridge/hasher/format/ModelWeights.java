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
 * @param unread names what else in the file may hold weights and is not among the layers; null if nothing does
 */
public record ModelWeights(
        String format,
        int tensors,
        long parameters,
        List<WeightLayer> layers,
        Map<String, Long> sizes,
        Optional<String> remark,
        String unread) {
    public ModelWeights {
        layers = List.copyOf(layers);
        sizes = Map.copyOf(sizes);
    }

    /** All that the file holds. */
    public ModelWeights(
            String format,
            int tensors,
            long parameters,
            List<WeightLayer> layers,
            Map<String, Long> sizes,
            Optional<String> remark) {
        this(format, tensors, parameters, layers, sizes, remark, null);
    }

    /** The same with something beside it that was not read, also what was named before. */
    public ModelWeights withUnread(String more) {
        return new ModelWeights(
                format, tensors, parameters, layers, sizes, remark, unread == null ? more : unread + "; " + more);
    }

    /** The same with more to say if there are no layers; nothing if it is empty. */
    public ModelWeights withRemark(String more) {
        var said = more.isEmpty() ? remark : Optional.of(whyNoLayers() + "; " + more);
        return new ModelWeights(format, tensors, parameters, layers, sizes, said, unread);
    }

    /** Why there are no layers, if there are none. */
    public String whyNoLayers() {
        return remark.orElse("none of " + tensors + " tensors is a convolution or a matrix");
    }
}
