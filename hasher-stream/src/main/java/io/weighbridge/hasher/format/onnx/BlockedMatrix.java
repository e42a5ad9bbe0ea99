package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.NibbleTensor;
import io.weighbridge.hasher.format.ScaledTensor;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.StridedTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.Arrays;

/**
 * The weights of {@code com.microsoft.MatMulNBits}: a matrix [N outputs, K inputs] of 4 or 8 bits, each row in blocks of inputs that share a scale.
 *
 * <pre>
 * numbers  [N, blocks, block size · bits / 8] bytes, of two numbers in a byte the first in the lower half; the last block is filled up
 * scales   [N · blocks]
 * zeros    [N · blocks] of the scales' type, or bytes: 4 bits each, every row filled up to a whole byte; 2^(bits-1) if left out
 * </pre>
 *
 * A weight is (q - zero) · scale, as the operator's documentation in ONNX Runtime has it.
 */
final class BlockedMatrix {

    private static final float[] NIBBLES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final long outputs;
    private final long inputs;
    private final long block;
    private final long blocks;
    private final long bits;

    private BlockedMatrix(OnnxNode node) {
        this.outputs = node.number("N", 0);
        this.inputs = node.number("K", 0);
        this.block = node.number("block_size", 0);
        this.bits = node.number("bits", 4);
        this.blocks = block > 0 ? (inputs - 1) / block + 1 : 0;
    }

    /**
     * The matrix, or null if it is not read: other bits, or parts that do not fit together.
     *
     * @param zeros null if there are none
     */
    static Weight of(OnnxNode node, Weight numbers, Weight scales, Weight zeros) throws ModelFormatException {
        var matrix = new BlockedMatrix(node);
        return matrix.fits(numbers, scales, zeros)
                ? numbers.unpacked(() -> matrix.weights(numbers, scales, zeros), matrix.outputs, matrix.inputs)
                : null;
    }

    private boolean fits(Weight numbers, Weight scales, Weight zeros) throws ModelFormatException {
        boolean isKnown = (bits == 4 || bits == 8) && outputs > 0 && inputs > 0 && block > 0 && block % 2 == 0;
        if (!isKnown || scales == null || !scales.isFloating() || isOfOtherBytes(numbers)) {
            return false;
        }
        long held = Shapes.numbers(numbers.name(), outputs, blocks, block);
        long needed = outputs * blocks;
        return numbers.numbers() == held / (8 / bits)
                && scales.numbers() == needed
                && (zeros == null
                        || zeros.isFloating() && zeros.numbers() == needed
                        || !isOfOtherBytes(zeros) && zeros.numbers() == outputs * zeroBytes());
    }

    /** Bytes of zeros in each row, if they are packed. */
    private long zeroBytes() {
        return bits == 8 ? blocks : (blocks + 1) / 2;
    }

    private static boolean isOfOtherBytes(Weight weight) {
        return !weight.isReal() || weight.isFloating() || weight.charged().sizeBytes() != 1;
    }

    private TensorData weights(Weight numbers, Weight scales, Weight zeros) throws IOException {
        var all = new ScaledTensor(
                whole(numbers.data()),
                new long[] {outputs, blocks * block},
                new long[] {1, block},
                scales.data(),
                zeros(zeros));
        return blocks * block == inputs
                ? all
                : new StridedTensor(all, new long[] {outputs, inputs}, new long[] {blocks * block, 1});
    }

    private TensorData zeros(Weight zeros) throws IOException {
        if (zeros == null) {
            float middle = 1 << bits - 1;
            return (from, count, target, at) -> Arrays.fill(target, at, at + count, middle);
        }
        if (zeros.isFloating() || bits == 8) {
            return zeros.data();
        }
        return new StridedTensor(whole(zeros.data()), new long[] {outputs, blocks}, new long[] {2 * zeroBytes(), 1});
    }

    private TensorData whole(TensorData bytes) {
        return bits == 8 ? bytes : new NibbleTensor(bytes, NIBBLES);
    }
}
