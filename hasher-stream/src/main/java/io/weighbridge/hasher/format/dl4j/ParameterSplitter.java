package io.weighbridge.hasher.format.dl4j;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.util.Set;

/** Cuts the parameter vector of a network into the tensors of its layers, in the order and layout of Deeplearning4j. */
final class ParameterSplitter {

    private static final Set<String> WITHOUT_PARAMETERS = Set.of(
            "ActivationLayer",
            "DropoutLayer",
            "SubsamplingLayer",
            "Subsampling1DLayer",
            "Subsampling3DLayer",
            "Pooling1D",
            "Pooling2D",
            "GlobalPoolingLayer",
            "LocalResponseNormalization",
            "LossLayer",
            "CnnLossLayer",
            "Cnn3DLossLayer",
            "RnnLossLayer",
            "ZeroPaddingLayer",
            "ZeroPadding1DLayer",
            "ZeroPadding3DLayer",
            "Cropping1D",
            "Cropping2D",
            "Cropping3D",
            "Upsampling1D",
            "Upsampling2D",
            "Upsampling3D",
            "SpaceToDepthLayer",
            "SpaceToBatchLayer",
            "RepeatVector",
            "MaskLayer",
            "Yolo2OutputLayer");

    private final FlatParameters parameters;
    private final WeightCollector collector;
    private long position;

    ParameterSplitter(FlatParameters parameters, ModelBytes file, ReadLimits limits) {
        this.parameters = parameters;
        this.collector = new WeightCollector(file, limits);
    }

    /** Takes the parameters of the next layer. */
    void accept(NetworkLayer layer) throws ModelFormatException {
        switch (layer.className()) {
            case "ConvolutionLayer", "Convolution2D", "Convolution3D" -> convolution(layer, layer.sizes("kernelSize"));
            case "Convolution1D", "Convolution1DLayer" ->
                convolution(layer, new long[] {first(layer, layer.sizes("kernelSize"))});
            case "Deconvolution2D" -> deconvolution(layer);
            case "DepthwiseConvolution2D" -> depthwise(layer);
            case "SeparableConvolution2D" -> separable(layer);
            case "DenseLayer", "OutputLayer", "RnnOutputLayer" -> dense(layer, true);
            case "EmbeddingLayer", "EmbeddingSequenceLayer" -> dense(layer, false);
            case "BatchNormalization" -> normalization(layer);
            case "PReLULayer" -> prelu(layer);
            default -> {
                if (!WITHOUT_PARAMETERS.contains(layer.className())) {
                    throw ModelFormatException.unsupported(
                            "layer " + layer.name() + ": class " + layer.className() + " is not known");
                }
            }
        }
    }

    /** All layers, once every parameter has found its place. */
    ModelWeights weights(String format) throws ModelFormatException {
        if (position != parameters.count()) {
            throw ModelFormatException.malformed("coefficients.bin: expected " + position
                    + " numbers for the layers of configuration.json, got " + parameters.count());
        }
        return collector.weights(format);
    }

    /** Bias, then [outputs, inputs, kernel ...]. */
    private void convolution(NetworkLayer layer, long[] kernel) throws ModelFormatException {
        bias(layer);
        addByShape(layer, "W", concat(layer.size("nout"), layer.size("nin"), kernel));
    }

    /** Bias, then [inputs, outputs, kernel ...], which is how transposed convolutions stay. */
    private void deconvolution(NetworkLayer layer) throws ModelFormatException {
        bias(layer);
        addByShape(layer, "W", concat(layer.size("nin"), layer.size("nout"), layer.sizes("kernelSize")));
    }

    /** Bias, then [height, width, inputs, multiplier]. */
    private void depthwise(NetworkLayer layer) throws ModelFormatException {
        bias(layer);
        var kernel = kernel2d(layer);
        long[] stored = {kernel[0], kernel[1], layer.size("nin"), layer.size("depthMultiplier")};
        long[] canonical = {Shapes.numbers(layer.name(), stored[2], stored[3]), 1, kernel[0], kernel[1]};
        add(layer, "W", canonical, take(layer, "W", stored).permuted(stored, 2, 3, 0, 1));
    }

    /** Bias, then [multiplier, inputs, height, width], then [outputs, inputs × multiplier]. */
    private void separable(NetworkLayer layer) throws ModelFormatException {
        bias(layer);
        var kernel = kernel2d(layer);
        long[] stored = {layer.size("depthMultiplier"), layer.size("nin"), kernel[0], kernel[1]};
        long channels = Shapes.numbers(layer.name(), stored[0], stored[1]);
        long[] canonical = {channels, 1, kernel[0], kernel[1]};
        add(layer, "W", canonical, take(layer, "W", stored).permuted(stored, 1, 0, 2, 3));
        addByShape(layer, "pW", new long[] {layer.size("nout"), channels, 1});
    }

    /** [inputs, outputs] column by column, which is [outputs, inputs] row by row; then bias, then gain. */
    private void dense(NetworkLayer layer, boolean isLayer) throws ModelFormatException {
        long inputs = layer.size("nin");
        long[] shape = {layer.size("nout"), inputs};
        var data = take(layer, "W", shape);
        var preProcessor = layer.preProcessor();
        if (isLayer && preProcessor.path("format").asText().equals("NHWC")) {
            long channels = preProcessor.path("numChannels").asLong();
            if (channels < 1 || inputs % channels != 0) {
                throw ModelFormatException.malformed("configuration.json, layer " + layer.name()
                        + ": expected numChannels of " + inputs + " inputs, got " + channels);
            }
            data = data.permuted(new long[] {shape[0], inputs / channels, channels}, 0, 2, 1);
        }
        if (isLayer) {
            add(layer, "W", shape, data);
        }
        bias(layer);
        if (layer.flag("hasLayerNorm", false)) {
            take(layer, "g", layer.size("nout"));
        }
    }

    /** Scale and shift unless they are locked, then mean and variance. */
    private void normalization(NetworkLayer layer) throws ModelFormatException {
        if (!layer.flag("lockGammaBeta", false)) {
            take(layer, "gamma", layer.size("nout"));
            take(layer, "beta", layer.size("nout"));
        }
        take(layer, "mean", layer.size("nout"));
        take(layer, "var", layer.size("nout"));
    }

    private void prelu(NetworkLayer layer) throws ModelFormatException {
        var shape = layer.sizes("inputShape");
        for (long axis : layer.sizes("sharedAxes")) {
            if (axis <= shape.length) {
                shape[(int) axis - 1] = 1;
            }
        }
        take(layer, "W", shape);
    }

    private void bias(NetworkLayer layer) throws ModelFormatException {
        if (layer.flag("hasBias", true)) {
            take(layer, "b", layer.size("nout"));
        }
    }

    private void addByShape(NetworkLayer layer, String parameter, long[] shape) throws ModelFormatException {
        add(layer, parameter, shape, take(layer, parameter, shape));
    }

    private void add(NetworkLayer layer, String parameter, long[] shape, TensorData data) throws ModelFormatException {
        collector.addByShape(layer.name() + "_" + parameter, shape, parameters.type(), data);
    }

    private TensorData take(NetworkLayer layer, String parameter, long... shape) throws ModelFormatException {
        var name = layer.name() + "_" + parameter;
        long numbers = Shapes.numbers(name, shape);
        if (numbers > parameters.count() - position) {
            throw ModelFormatException.malformed("coefficients.bin: expected " + numbers + " numbers for " + name
                    + " from number " + position + ", got " + parameters.count() + " in all");
        }
        collector.count(name, numbers);
        var data = parameters.slice(position, numbers);
        position += numbers;
        return data;
    }

    private static long[] kernel2d(NetworkLayer layer) throws ModelFormatException {
        var kernel = layer.sizes("kernelSize");
        if (kernel.length != 2) {
            throw ModelFormatException.malformed("configuration.json, layer " + layer.name()
                    + ": expected two sizes of the kernel, got " + kernel.length);
        }
        return kernel;
    }

    private static long first(NetworkLayer layer, long[] sizes) throws ModelFormatException {
        if (sizes.length == 0) {
            throw ModelFormatException.malformed("configuration.json, layer " + layer.name() + ": no kernelSize");
        }
        return sizes[0];
    }

    private static long[] concat(long first, long second, long[] rest) {
        var all = new long[2 + rest.length];
        all[0] = first;
        all[1] = second;
        System.arraycopy(rest, 0, all, 2, rest.length);
        return all;
    }
}
