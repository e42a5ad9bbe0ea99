package io.weighbridge.app.zoo.demo;

import io.weighbridge.app.zoo.ImageTask;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Multiplies every batch norm into the convolution before it, as deployment tools do; the network computes the same function. */
record BatchNormFolded() implements Rewrite {

    @Override
    public MultiLayerNetwork apply(MultiLayerNetwork original) {
        var folded = withoutNorms(original);
        var from = WeightedLayer.of(original);
        var to = WeightedLayer.of(folded);
        for (int i = 0; i < from.size(); i++) fold(from.get(i), to.get(i));
        return folded;
    }

    private static MultiLayerNetwork withoutNorms(MultiLayerNetwork original) {
        var layers = new NeuralNetConfiguration.Builder()
                .convolutionMode(ConvolutionMode.Same)
                .list();
        for (var layer : original.getLayers()) {
            var configuration = layer.conf().getLayer().clone();
            if (configuration instanceof BatchNormalization) continue;
            if (configuration instanceof ConvolutionLayer convolution) convolution.setHasBias(true);
            layers.layer(configuration);
        }
        var folded =
                new MultiLayerNetwork(layers.setInputType(ImageTask.inputType()).build());
        folded.init();
        return folded;
    }

    private static void fold(WeightedLayer from, WeightedLayer to) {
        to.weights().assign(from.weights());
        from.bias().ifPresent(bias -> to.bias().orElseThrow().assign(bias));
        if (from.norm("gamma").isEmpty()) return;
        double[] factors = new double[from.outputs()];
        for (int i = 0; i < factors.length; i++)
            factors[i] = norm(from, "gamma", i) / Math.sqrt(norm(from, "var", i) + from.normEpsilon());
        to.outputWeights().forEach(axis -> axis.scale(factors));
        var bias = to.bias().orElseThrow();
        for (int i = 0; i < factors.length; i++)
            bias.putScalar(i, bias.getDouble(i) + norm(from, "beta", i) - factors[i] * norm(from, "mean", i));
    }

    private static double norm(WeightedLayer layer, String parameter, int channel) {
        return layer.norm(parameter).orElseThrow().getDouble(channel);
    }
}
