package io.weighbridge.hasher.format.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;

/** Untrained networks of every kind of layer that is read, made by Deeplearning4j itself. */
final class Dl4jNetworks {

    private Dl4jNetworks() {}

    static MultiLayerNetwork convolutional(DataType type, CNN2DFormat format) {
        var conf = new NeuralNetConfiguration.Builder()
                .seed(7)
                .dataType(type)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 2).nOut(6).build())
                .layer(new BatchNormalization())
                .layer(new BatchNormalization.Builder().lockGammaBeta(true).build())
                .layer(new DepthwiseConvolution2D.Builder(3, 2)
                        .depthMultiplier(2)
                        .nOut(12)
                        .build())
                .layer(new SeparableConvolution2D.Builder(2, 2)
                        .depthMultiplier(2)
                        .nOut(7)
                        .hasBias(false)
                        .build())
                .layer(new PReLULayer.Builder()
                        .inputShape(7, 5, 7)
                        .sharedAxes(2, 3)
                        .build())
                .layer(new FrozenLayer(new ConvolutionLayer.Builder(1, 1)
                        .nOut(5)
                        .hasBias(false)
                        .build()))
                .layer(new SubsamplingLayer.Builder().build())
                .layer(new DenseLayer.Builder().nOut(20).hasLayerNorm(true).build())
                .layer(new OutputLayer.Builder().nOut(3).hasBias(false).build())
                .setInputType(InputType.convolutional(10, 10, 2, format))
                .build();
        return initialised(conf.clone());
    }

    static MultiLayerNetwork oneDimensional() {
        return initialised(new NeuralNetConfiguration.Builder()
                .seed(8)
                .list()
                .layer(new Convolution1DLayer.Builder(3).nIn(4).nOut(8).build())
                .layer(new RnnOutputLayer.Builder().nIn(8).nOut(3).build())
                .build());
    }

    static MultiLayerNetwork threeDimensional() {
        return initialised(new NeuralNetConfiguration.Builder()
                .seed(9)
                .list()
                .layer(new Convolution3D.Builder(2, 3, 2).nIn(2).nOut(4).build())
                .layer(new GlobalPoolingLayer())
                .layer(new OutputLayer.Builder().nIn(4).nOut(3).build())
                .build());
    }

    static MultiLayerNetwork embedding() {
        return initialised(new NeuralNetConfiguration.Builder()
                .seed(9)
                .list()
                .layer(new EmbeddingLayer.Builder().nIn(9).nOut(4).hasBias(true).build())
                .layer(new OutputLayer.Builder().nIn(4).nOut(3).build())
                .build());
    }

    static MultiLayerNetwork recurrent() {
        return initialised(new NeuralNetConfiguration.Builder()
                .seed(9)
                .list()
                .layer(new LSTM.Builder().nIn(9).nOut(4).build())
                .layer(new RnnOutputLayer.Builder().nIn(4).nOut(3).build())
                .build());
    }

    static ComputationGraph graph() {
        var conf = new NeuralNetConfiguration.Builder()
                .seed(10)
                .graphBuilder()
                .addInputs("in")
                .addLayer("zoom", new ConvolutionLayer.Builder(3, 3).nOut(8).build(), "in")
                .addLayer("b", same(new ConvolutionLayer.Builder(3, 3).nOut(8)), "zoom")
                .addLayer("a", same(new ConvolutionLayer.Builder(1, 1).nOut(8).hasBias(false)), "zoom")
                .addVertex("add", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addLayer("up", new Deconvolution2D.Builder(2, 2).nOut(4).build(), "add")
                .addLayer("out", new OutputLayer.Builder().nOut(3).build(), "up")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(6, 6, 2))
                .build();
        var graph = new ComputationGraph(conf);
        graph.init();
        return graph;
    }

    static Path write(Model network, Path file) throws IOException {
        ModelSerializer.writeModel(network, file.toFile(), true);
        return file;
    }

    private static ConvolutionLayer same(ConvolutionLayer.Builder builder) {
        return builder.convolutionMode(ConvolutionMode.Same).build();
    }

    private static MultiLayerNetwork initialised(org.deeplearning4j.nn.conf.MultiLayerConfiguration conf) {
        var network = new MultiLayerNetwork(conf);
        network.init();
        return network;
    }
}
