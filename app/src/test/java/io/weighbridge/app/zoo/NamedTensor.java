package io.weighbridge.app.zoo;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A tensor with the name and layout that PyTorch would give it: convolution [out, in, h, w], depthwise [out, 1, h, w], dense [out, in]. */
final class NamedTensor {

    private final String name;
    private final long[] shape;
    private final float[] values;

    private NamedTensor(String name, INDArray tensor) {
        this.name = name;
        this.shape = tensor.shape().clone();
        this.values = tensor.dup('c').data().asFloat();
    }

    /** All parameters of a network, from its input to its head. */
    static List<NamedTensor> of(MultiLayerNetwork network) {
        var tensors = new ArrayList<NamedTensor>();
        for (var layer : WeightedLayer.of(network)) {
            var prefix = "layers." + layer.index() + ".";
            tensors.add(new NamedTensor(prefix + "weight", pytorchLayout(layer)));
            layer.bias().ifPresent(bias -> tensors.add(new NamedTensor(prefix + "bias", bias)));
            var norm = "layers." + (layer.index() + 1) + ".";
            layer.norm("gamma").ifPresent(gamma -> tensors.add(new NamedTensor(norm + "weight", gamma)));
            layer.norm("beta").ifPresent(beta -> tensors.add(new NamedTensor(norm + "bias", beta)));
            layer.norm("mean").ifPresent(mean -> tensors.add(new NamedTensor(norm + "running_mean", mean)));
            layer.norm("var").ifPresent(variance -> tensors.add(new NamedTensor(norm + "running_var", variance)));
        }
        return tensors;
    }

    private static INDArray pytorchLayout(WeightedLayer layer) {
        if (layer.isDepthwise()) return layer.weights().permute(2, 3, 0, 1);
        return layer.isConvolution() ? layer.weights() : layer.weights().transpose();
    }

    String name() {
        return name;
    }

    long[] shape() {
        return shape.clone();
    }

    int size() {
        return values.length;
    }

    /** A weight by its place in row-major order. */
    float value(int index) {
        return values[index];
    }
}
