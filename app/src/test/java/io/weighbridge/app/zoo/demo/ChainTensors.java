package io.weighbridge.app.zoo.demo;

import io.weighbridge.app.zoo.save.SavedTensor;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of a chain of layers, as PyTorch names and shapes them. */
final class ChainTensors {

    private ChainTensors() {}

    /** All parameters of a network, from its input to its head. */
    static List<SavedTensor> of(MultiLayerNetwork network) {
        var tensors = new ArrayList<SavedTensor>();
        for (var layer : WeightedLayer.of(network)) {
            var prefix = "layers." + layer.index() + ".";
            tensors.add(tensor(prefix + "weight", pytorchLayout(layer)));
            layer.bias().ifPresent(bias -> tensors.add(tensor(prefix + "bias", bias)));
            var norm = "layers." + (layer.index() + 1) + ".";
            layer.norm("gamma").ifPresent(gamma -> tensors.add(tensor(norm + "weight", gamma)));
            layer.norm("beta").ifPresent(beta -> tensors.add(tensor(norm + "bias", beta)));
            layer.norm("mean").ifPresent(mean -> tensors.add(tensor(norm + "running_mean", mean)));
            layer.norm("var").ifPresent(variance -> tensors.add(tensor(norm + "running_var", variance)));
        }
        return tensors;
    }

    private static SavedTensor tensor(String name, INDArray values) {
        return SavedTensor.of(name, values.shape(), values.dup('c').data().asFloat());
    }

    private static INDArray pytorchLayout(WeightedLayer layer) {
        if (layer.isDepthwise()) return layer.weights().permute(2, 3, 0, 1);
        return layer.isConvolution() ? layer.weights() : layer.weights().transpose();
    }
}
