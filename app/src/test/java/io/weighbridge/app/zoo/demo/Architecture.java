package io.weighbridge.app.zoo.demo;

import io.weighbridge.app.zoo.ImageTask;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A kind of small CNN, by its layers below the head. All are plain chains of layers. */
enum Architecture {
    /** 3×3 convolutions with batch norm and pooling, averaged before the head. */
    VGG(
            normalisedConvolution(3, 16),
            maximum(),
            normalisedConvolution(3, 32),
            normalisedConvolution(3, 32),
            maximum(),
            normalisedConvolution(3, 48),
            average()),

    /** Two 5×5 convolutions with bias, flattened into a dense layer. */
    LENET(convolution(5, 20), maximum(), convolution(5, 32), maximum(), dense(48)),

    /** Depthwise separable convolutions with batch norm. */
    MOBILE(
            normalisedConvolution(3, 16),
            maximum(),
            depthwise(),
            normalisedConvolution(1, 32),
            depthwise(),
            normalisedConvolution(1, 64),
            maximum(),
            depthwise(),
            normalisedConvolution(1, 96),
            depthwise(),
            normalisedConvolution(1, 96),
            average()),

    /** Convolutions alone: 5×5, then 3×3, with bias. */
    PLAIN(convolution(5, 16), maximum(), convolution(3, 32), maximum(), convolution(3, 64), average());

    private final List<Layer> body;

    Architecture(Layer[]... blocks) {
        this.body = Stream.of(blocks).flatMap(Stream::of).toList();
    }

    /** A network of this kind with random weights. The output has a soft maximum. */
    MultiLayerNetwork untrained(int classCount, long seed) {
        var layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam())
                .weightInit(WeightInit.RELU)
                .l2(1e-4)
                .convolutionMode(ConvolutionMode.Same)
                .list();
        body.forEach(layer -> layers.layer(layer.clone()));
        layers.layer(head(classCount));
        var network =
                new MultiLayerNetwork(layers.setInputType(ImageTask.inputType()).build());
        network.init();
        return network;
    }

    private static Layer head(int classCount) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classCount)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static Layer[] convolution(int kernel, int channels) {
        return new Layer[] {
            new ConvolutionLayer.Builder(kernel, kernel)
                    .nOut(channels)
                    .activation(Activation.RELU)
                    .build()
        };
    }

    private static Layer[] normalisedConvolution(int kernel, int channels) {
        return normalised(new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(channels)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build());
    }

    private static Layer[] depthwise() {
        return normalised(new DepthwiseConvolution2D.Builder(3, 3)
                .depthMultiplier(1)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build());
    }

    private static Layer[] normalised(Layer convolution) {
        var norm = new BatchNormalization.Builder().useLogStd(false).build();
        return new Layer[] {convolution, norm, new ActivationLayer(Activation.RELU)};
    }

    private static Layer[] dense(int width) {
        return new Layer[] {
            new DenseLayer.Builder().nOut(width).activation(Activation.RELU).build()
        };
    }

    private static Layer[] maximum() {
        return new Layer[] {
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build()
        };
    }

    private static Layer[] average() {
        return new Layer[] {new GlobalPoolingLayer(PoolingType.AVG)};
    }
}
