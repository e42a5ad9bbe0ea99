package io.weighbridge.hasher.format.dl4j;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import java.io.File;
import java.io.IOException;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Writes {@code src/test/resources/models/dl4j.zip}: the network of {@code make_models.py} with the same weights, as Deeplearning4j saves it. */
final class TinyDl4jModel {

    private TinyDl4jModel() {}

    /** Takes the file to write. */
    public static void main(String[] args) throws IOException {
        var network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.RELU)
                .convolutionMode(ConvolutionMode.Same)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).build())
                .layer(new BatchNormalization())
                .layer(new DepthwiseConvolution2D.Builder(3, 3)
                        .depthMultiplier(1)
                        .nOut(8)
                        .hasBias(false)
                        .build())
                .layer(new ConvolutionLayer.Builder(1, 1).nOut(12).build())
                .layer(new SubsamplingLayer.Builder().build())
                .layer(new DenseLayer.Builder().nOut(64).build())
                .layer(new OutputLayer.Builder().nOut(10).build())
                .setInputType(InputType.convolutional(4, 4, 3))
                .build());
        network.init();
        var layers = ModelFixtures.expected("tiny").stream().collect(Collectors.toMap(Layer::name, layer -> layer));
        network.setParam("0_W", array(layers.get("conv.weight"), 8, 3, 3, 3));
        network.setParam("2_W", array(layers.get("depth.weight"), 8, 1, 3, 3).permute(2, 3, 0, 1));
        network.setParam("3_W", array(layers.get("point.weight"), 12, 8, 1, 1));
        network.setParam("5_W", array(layers.get("hidden.weight"), 64, 48).transpose());
        network.setParam("6_W", array(layers.get("head.weight"), 10, 64).transpose());
        ModelSerializer.writeModel(network, new File(args[0]), false);
    }

    private static INDArray array(Layer layer, long... shape) {
        var weights = layer.weights().stream().mapToDouble(Float::doubleValue).toArray();
        return Nd4j.createFromArray(weights).castTo(Nd4j.dataType()).reshape('c', shape);
    }
}
