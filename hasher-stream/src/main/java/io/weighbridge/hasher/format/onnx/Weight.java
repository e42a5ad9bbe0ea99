package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ScaledTensor;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A stored tensor as a node sees it: behind a change of axes, of shape or of meaning. */
final class Weight {

    /** Gives the numbers when they are wanted: finding them may take a walk over them. */
    @FunctionalInterface
    interface Source {
        TensorData open() throws IOException;
    }

    private final OnnxTensor tensor;
    private final ElementType charged;
    private final boolean isFloating;
    private final boolean isScaled;
    private final long[] stored;
    private final int[] order;
    private final Source source;

    private Weight(OnnxTensor tensor, boolean isFloating, boolean isScaled, long[] stored, int[] order, Source source) {
        this.tensor = tensor;
        this.charged = tensor.type().stored();
        this.isFloating = isFloating;
        this.isScaled = isScaled;
        this.stored = stored;
        this.order = order;
        this.source = source;
    }

    static Weight of(OnnxTensor tensor, ExternalFiles files) {
        var shape = tensor.shape();
        boolean isFloating = tensor.type().isFloating();
        return new Weight(tensor, isFloating, false, shape, identity(shape.length), () -> tensor.data(files));
    }

    OnnxTensor tensor() {
        return tensor;
    }

    String name() {
        return tensor.name();
    }

    /** How its numbers are stored, for what it takes of the file. */
    ElementType charged() {
        return charged;
    }

    /** Whether these are weights: floating-point numbers, or whole ones with their scale. */
    boolean isFloating() {
        return isFloating;
    }

    /** Whether these are weights in full, not numbers that a scale is to be put to. */
    boolean isFull() {
        return isScaled || isFloating && charged.sizeBytes() > 1;
    }

    boolean isReal() {
        return tensor.type().isReal();
    }

    int rank() {
        return order.length;
    }

    long[] shape() {
        return IntStream.of(order).mapToLong(axis -> stored[axis]).toArray();
    }

    long numbers() throws ModelFormatException {
        return Shapes.numbers(name(), stored);
    }

    TensorData data() throws IOException {
        var numbers = source.open();
        return isInOrder() ? numbers : numbers.permuted(stored, order);
    }

    /** All axes in another order; an empty one reverses them. Returns null if it is no order of them. */
    Weight transposed(List<Integer> permutation) {
        var all = permutation.isEmpty()
                ? IntStream.range(0, rank()).map(axis -> rank() - 1 - axis).toArray()
                : permutation.stream().mapToInt(Integer::intValue).toArray();
        if (!Arrays.equals(IntStream.of(all).sorted().toArray(), identity(rank()))) {
            return null;
        }
        var composed = IntStream.of(all).map(axis -> order[axis]).toArray();
        return new Weight(tensor, isFloating, isScaled, stored, composed, source);
    }

    /** The same numbers in another shape. Relies on: it has as many. */
    Weight reshaped(long[] shape) {
        return new Weight(tensor, isFloating, isScaled, shape, identity(shape.length), this::data);
    }

    /** Whole numbers taken for floating-point ones, scale 1. */
    Weight asFloating() {
        return new Weight(tensor, isReal(), isScaled, stored, order, source);
    }

    /**
     * What quantised numbers stand for.
     *
     * @param blocks indices along each axis that share a scale
     * @param scale one number for each block or one for all; null if it is 1
     * @param zero likewise; null if it is 0
     */
    Weight scaled(long[] blocks, Weight scale, Weight zero) {
        var shape = shape();
        Source scaled = () -> new ScaledTensor(
                data(),
                shape,
                blocks,
                scale == null ? Weight::ones : scale.repeated(),
                zero == null ? null : zero.repeated());
        return new Weight(tensor, true, true, shape, identity(shape.length), scaled);
    }

    /** The matrix that packed numbers stand for, of another shape than they have. */
    Weight unpacked(Source numbers, long... shape) {
        return new Weight(tensor, true, true, shape, identity(shape.length), numbers);
    }

    private TensorData repeated() throws IOException {
        var numbers = data();
        return numbers() > 1
                ? numbers
                : (from, count, target, at) -> {
                    numbers.read(0, 1, target, at);
                    Arrays.fill(target, at, at + count, target[at]);
                };
    }

    private static void ones(long from, int count, float[] target, int at) {
        Arrays.fill(target, at, at + count, 1);
    }

    private boolean isInOrder() {
        return Arrays.equals(order, identity(rank()));
    }

    private static int[] identity(int rank) {
        return IntStream.range(0, rank).toArray();
    }
}
