package io.weighbridge.app.zoo.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of a chain that has a kernel or a matrix, with the batch norm behind it, if any. Relies on: between two weighted layers there
 * are only batch norms, positively homogeneous activations (ReLU) and pooling, so channels keep their order and may be scaled.
 */
final class WeightedLayer {

    private final int index;
    private final Layer layer;
    private final Layer norm;

    private WeightedLayer(int index, Layer layer, Layer norm) {
        this.index = index;
        this.layer = layer;
        this.norm = norm;
    }

    /** The weighted layers of a network from its input to its head. */
    static List<WeightedLayer> of(MultiLayerNetwork network) {
        var found = new ArrayList<WeightedLayer>();
        Layer[] layers = network.getLayers();
        for (int i = 0; i < layers.length; i++) {
            if (layers[i].paramTable().containsKey("W"))
                found.add(new WeightedLayer(i, layers[i], i + 1 < layers.length ? normOrNull(layers[i + 1]) : null));
        }
        return found;
    }

    private static Layer normOrNull(Layer layer) {
        return layer.conf().getLayer() instanceof BatchNormalization ? layer : null;
    }

    /** The place in the network's chain of layers of every kind. */
    int index() {
        return index;
    }

    boolean isDepthwise() {
        return layer.conf().getLayer() instanceof DepthwiseConvolution2D;
    }

    boolean isConvolution() {
        return layer.conf().getLayer() instanceof ConvolutionLayer;
    }

    INDArray weights() {
        return layer.getParam("W");
    }

    Optional<INDArray> bias() {
        return Optional.ofNullable(layer.getParam("b"));
    }

    Optional<INDArray> norm(String parameter) {
        return Optional.ofNullable(norm).map(found -> found.getParam(parameter));
    }

    /** What batch norm adds to the variance. */
    double normEpsilon() {
        return ((BatchNormalization) norm.conf().getLayer()).getEps();
    }

    int outputs() {
        return Math.toIntExact(weights().size(outputAxis()));
    }

    /** Deeplearning4j's layouts: convolution [out, in, h, w]; depthwise [h, w, in, 1]; dense [in, out]. */
    private int outputAxis() {
        if (isDepthwise()) return 2;
        return isConvolution() ? 0 : 1;
    }

    private int inputAxis() {
        if (isDepthwise()) return 2;
        return isConvolution() ? 1 : 0;
    }

    ChannelAxis inputWeights(int channels) {
        return new ChannelAxis(weights(), inputAxis(), channels);
    }

    /** Kernel and bias by output channel, without the batch norm. */
    List<ChannelAxis> outputWeights() {
        var axes = new ArrayList<ChannelAxis>();
        axes.add(new ChannelAxis(weights(), outputAxis(), outputs()));
        bias().ifPresent(bias -> axes.add(new ChannelAxis(bias, 0, outputs())));
        return axes;
    }

    /** The named parameters of the batch norm by channel; empty if there is none. */
    List<ChannelAxis> normWeights(String... names) {
        var axes = new ArrayList<ChannelAxis>();
        for (var name : names) norm(name).ifPresent(values -> axes.add(new ChannelAxis(values, 0, outputs())));
        return axes;
    }
}
