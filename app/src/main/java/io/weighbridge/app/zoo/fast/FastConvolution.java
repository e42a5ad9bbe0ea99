package io.weighbridge.app.zoo.fast;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.lang.reflect.Field;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.AlgoMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdDataAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.BwdFilterAlgo;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer.FwdAlgo;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionHelper;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.layers.convolution.DepthwiseConvolution2DLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution as one matrix product for the whole batch. Each layer has its own, which remembers the last forward pass. */
public final class FastConvolution implements ConvolutionHelper {

    private final Scratch unfolded = new Scratch();
    private final Scratch product = new Scratch();
    private final Scratch output = new Scratch();
    private final Scratch errors = new Scratch();
    private final Scratch unfoldedErrors = new Scratch();
    private final Scratch inputErrors = new Scratch();
    private INDArray lastInput;

    private FastConvolution() {}

    /** Gives every convolution of a graph, save depthwise ones, a fast one. */
    public static void plugInto(ComputationGraph graph) {
        try {
            // Deeplearning4j chooses helpers by the kind of processor, with no way to add one.
            Field helper = ConvolutionLayer.class.getDeclaredField("helper");
            helper.setAccessible(true);
            for (var layer : graph.getLayers())
                if (layer instanceof ConvolutionLayer && !(layer instanceof DepthwiseConvolution2DLayer)) {
                    helper.set(layer, new FastConvolution());
                    // An error of a helper would only be logged otherwise, and the slow way taken.
                    ((org.deeplearning4j.nn.conf.layers.ConvolutionLayer)
                                    layer.conf().getLayer())
                            .setCudnnAllowFallback(false);
                }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another version of Deeplearning4j than this was written for", e);
        }
    }

    @Override
    public boolean checkSupported() {
        return true;
    }

    @Override
    public Map<String, Long> helperMemoryUse() {
        return Map.of();
    }

    @Override
    public INDArray activate(INDArray z, IActivation activation, boolean isTraining) {
        return null;
    }

    @Override
    public INDArray preOutput(
            INDArray input,
            INDArray weights,
            INDArray bias,
            int[] kernel,
            int[] strides,
            int[] pad,
            AlgoMode mode,
            FwdAlgo forward,
            ConvolutionMode convolutionMode,
            int[] dilation,
            CNN2DFormat format,
            LayerWorkspaceMgr workspaces) {
        var planes = planes(input, kernel);
        int inputs = (int) input.size(1);
        int outputs = (int) weights.size(0);
        // Backward asks for the output once more. Relies on: weights change only between passes, and each has its own
        // input.
        if (input != lastInput) {
            lastInput = input;
            int depth = inputs * planes.taps();
            var columns = planes.unfold(Floats.read(input), inputs, unfolded.ofSize(depth * planes.columns()));
            var sums = product.ofSize(outputs * planes.columns());
            multiply(false, false, outputs, planes.columns(), depth, Floats.read(weights), columns, sums);
            if (bias != null) addBias(sums, Floats.read(bias), planes.columns());
            planes.picturesFirst(sums, outputs, output.ofSize(sums.length));
        }
        long[] shape = {planes.pictures(), outputs, planes.height(), planes.width()};
        var result = workspaces.createUninitialized(ArrayType.ACTIVATIONS, weights.dataType(), shape, 'c');
        Floats.write(output.last(), result);
        return result;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
            INDArray input,
            INDArray weights,
            INDArray bias,
            INDArray delta,
            int[] kernel,
            int[] strides,
            int[] pad,
            INDArray biasGradient,
            INDArray weightGradient,
            IActivation activation,
            AlgoMode mode,
            BwdFilterAlgo filterAlgorithm,
            BwdDataAlgo dataAlgorithm,
            ConvolutionMode convolutionMode,
            int[] dilation,
            CNN2DFormat format,
            LayerWorkspaceMgr workspaces) {
        var planes = planes(input, kernel);
        int inputs = (int) input.size(1);
        int outputs = (int) weights.size(0);
        int depth = inputs * planes.taps();
        var columns = unfolded.ofSize(depth * planes.columns());
        if (input != lastInput) planes.unfold(Floats.read(input), inputs, columns);
        var sums = planes.channelsFirst(Floats.read(delta), outputs, errors.ofSize(outputs * planes.columns()));
        var forWeights = new float[outputs * depth];
        multiply(false, true, outputs, depth, planes.columns(), sums, columns, forWeights);
        Floats.write(forWeights, weightGradient);
        var gradient = new DefaultGradient();
        if (bias != null && biasGradient != null) {
            Floats.write(rowSums(sums, outputs), biasGradient);
            gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, biasGradient);
        }
        gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weightGradient, 'c');
        var forColumns = unfoldedErrors.ofSize(columns.length);
        multiply(true, false, depth, planes.columns(), outputs, Floats.read(weights), sums, forColumns);
        var epsilon = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, weights.dataType(), input.shape(), 'c');
        Floats.write(planes.fold(forColumns, inputs, inputErrors.ofSize(inputs * planes.columns())), epsilon);
        lastInput = null;
        return new Pair<>(gradient, epsilon);
    }

    private static Planes planes(INDArray input, int[] kernel) {
        return new Planes((int) input.size(0), (int) input.size(2), (int) input.size(3), kernel[0]);
    }

    /** c = a · b, where a has {@code rows} rows and b {@code columns} columns, once they are transposed if so told. */
    private static void multiply(
            boolean isATransposed,
            boolean isBTransposed,
            int rows,
            int columns,
            int depth,
            float[] a,
            float[] b,
            float[] c) {
        cblas_sgemm(
                CblasRowMajor,
                isATransposed ? CblasTrans : CblasNoTrans,
                isBTransposed ? CblasTrans : CblasNoTrans,
                rows,
                columns,
                depth,
                1,
                a,
                isATransposed ? rows : depth,
                b,
                isBTransposed ? depth : columns,
                0,
                c,
                columns);
    }

    private static void addBias(float[] product, float[] bias, int columns) {
        for (int row = 0; row < bias.length; row++)
            for (int i = row * columns; i < (row + 1) * columns; i++) product[i] += bias[row];
    }

    private static float[] rowSums(float[] matrix, int rows) {
        var sums = new float[rows];
        int columns = matrix.length / rows;
        for (int row = 0; row < rows; row++)
            for (int i = row * columns; i < (row + 1) * columns; i++) sums[row] += matrix[i];
        return sums;
    }
}
