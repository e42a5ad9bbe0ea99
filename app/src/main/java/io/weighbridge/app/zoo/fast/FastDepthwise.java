package io.weighbridge.app.zoo.fast;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Deeplearning4j's depthwise convolution with one kernel a channel, computed by plain loops. */
public final class FastDepthwise extends DepthwiseConvolution2D {

    public FastDepthwise(Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean isInitialised,
            DataType type) {
        var layer = new FastLayer(conf, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, isInitialised));
        layer.setConf(conf);
        return layer;
    }

    private static final class FastLayer extends DepthwiseConvolution2DLayer {

        FastLayer(NeuralNetConfiguration conf, DataType type) {
            super(conf, type);
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput(
                boolean isTraining, boolean isBackward, LayerWorkspaceMgr workspaces) {
            var planes = planes();
            int channels = (int) input.size(1);
            var from = Floats.read(input);
            var weights = Floats.read(getParam("W"));
            var to = new float[from.length];
            if (layerConf().hasBias()) fillBias(to, planes, Floats.read(getParam("b")));
            planes.forEachRow(channels, (plane, other, length, channel, tap) -> {
                float weight = weights[tap * channels + channel];
                for (int i = 0; i < length; i++) to[other + i] += weight * from[plane + i];
            });
            var output = workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
            Floats.write(to, output);
            return new Pair<>(output, null);
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            var planes = planes();
            int channels = (int) input.size(1);
            var z = preOutput(true, true, workspaces).getFirst();
            var delta = Floats.read(
                    layerConf().getActivationFn().backprop(z, epsilon).getFirst());
            var from = Floats.read(input);
            var weights = Floats.read(getParam("W"));
            var forWeights = new float[weights.length];
            var forInputs = new float[from.length];
            planes.forEachRow(channels, (plane, other, length, channel, tap) -> {
                int at = tap * channels + channel;
                float sum = 0;
                for (int i = 0; i < length; i++) {
                    sum += delta[other + i] * from[plane + i];
                    forInputs[plane + i] += weights[at] * delta[other + i];
                }
                forWeights[at] += sum;
            });
            var gradient = new DefaultGradient();
            if (layerConf().hasBias()) {
                var view = gradientViews.get(DepthwiseConvolutionParamInitializer.BIAS_KEY);
                Floats.write(biasGradient(delta, planes, channels), view);
                gradient.setGradientFor(DepthwiseConvolutionParamInitializer.BIAS_KEY, view);
            }
            var view = gradientViews.get(DepthwiseConvolutionParamInitializer.WEIGHT_KEY);
            Floats.write(forWeights, view);
            gradient.setGradientFor(DepthwiseConvolutionParamInitializer.WEIGHT_KEY, view, 'c');
            var result =
                    workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
            Floats.write(forInputs, result);
            weightNoiseParams.clear();
            return new Pair<>(gradient, result);
        }

        private Planes planes() {
            int kernel = layerConf().getKernelSize()[0];
            return new Planes((int) input.size(0), (int) input.size(2), (int) input.size(3), kernel);
        }

        private static void fillBias(float[] to, Planes planes, float[] bias) {
            for (int i = 0; i < to.length; i++) to[i] = bias[i / planes.positions() % bias.length];
        }

        private static float[] biasGradient(float[] delta, Planes planes, int channels) {
            var sums = new float[channels];
            for (int i = 0; i < delta.length; i++) sums[i / planes.positions() % channels] += delta[i];
            return sums;
        }
    }
}
