package io.weighbridge.app.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;

/** Has Deeplearning4j save a network of the same layers, without their biases, as its own zip. It is never run, so that its layers need not fit together. */
final class Dl4jFile {

    private Dl4jFile() {}

    static void write(Path file, List<MemoryLayer> layers) throws IOException {
        var configuration = new NeuralNetConfiguration.Builder().list();
        int weights = 0;
        for (var layer : layers) {
            configuration.layer(layer(layer.shape()));
            weights += layer.shape().size();
        }
        var values = new float[weights];
        int at = 0;
        for (var layer : layers) {
            System.arraycopy(layer.values(), 0, values, at, layer.values().length);
            at += layer.values().length;
        }
        var network = new MultiLayerNetwork(configuration.build());
        network.init(Nd4j.create(values, new long[] {1, weights}), false);
        ModelSerializer.writeModel(network, file.toFile(), false);
    }

    private static Layer layer(LayerShape shape) {
        return switch (shape.kind()) {
            case DENSE ->
                new DenseLayer.Builder()
                        .nIn(shape.inputs())
                        .nOut(shape.outputs())
                        .hasBias(false)
                        .build();
            default ->
                new ConvolutionLayer.Builder(shape.side(), shape.side())
                        .nIn(shape.inputs())
                        .nOut(shape.outputs())
                        .hasBias(false)
                        .build();
        };
    }
}
