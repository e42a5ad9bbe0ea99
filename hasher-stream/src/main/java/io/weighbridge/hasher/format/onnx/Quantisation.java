package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ScaledTensor;
import java.util.Arrays;

/**
 * How a node's quantised weights are to be read.
 *
 * @param scale null if it is not known; the numbers are then taken with scale 1
 * @param zero null if it is 0
 * @param axis with a scale for each index, if there are several; negative ones count from the end
 * @param blockSize indices along the axis that share a scale if scales have the rank of the weights, else 0
 */
record Quantisation(Weight scale, Weight zero, long axis, long blockSize) {

    /** The weights, or null if scales and weights do not fit together. */
    Weight apply(Weight quantised) throws ModelFormatException {
        if (!quantised.isReal() || !isRealIfAny(scale) || !isRealIfAny(zero) || quantised.numbers() == 0) {
            return null;
        }
        var finest = numbers(zero) > numbers(scale) ? zero : scale;
        var blocks = finest == null ? quantised.shape() : blocks(quantised.shape(), finest);
        long needed = numbers(finest);
        boolean isFit = blocks != null
                && (numbers(scale) == 1 || numbers(scale) == needed)
                && (numbers(zero) == 1 || numbers(zero) == needed);
        return isFit ? quantised.scaled(blocks, scale, zero) : null;
    }

    private static boolean isRealIfAny(Weight weight) {
        return weight == null || weight.isReal();
    }

    private static long numbers(Weight weight) throws ModelFormatException {
        return weight == null ? 1 : weight.numbers();
    }

    private long[] blocks(long[] shape, Weight scales) throws ModelFormatException {
        if (scales.numbers() == 1) {
            return shape;
        }
        long from = axis < 0 ? axis + shape.length : axis;
        if (from < 0 || from >= shape.length) {
            return null;
        }
        var blocks = shape.clone();
        if (blockSize > 0) {
            Arrays.fill(blocks, 1);
            blocks[(int) from] = blockSize;
            return Arrays.equals(ScaledTensor.grid(shape, blocks), scales.shape()) ? blocks : null;
        }
        blocks[(int) from] = 1;
        return scales.numbers() == shape[(int) from] ? blocks : null;
    }
}
