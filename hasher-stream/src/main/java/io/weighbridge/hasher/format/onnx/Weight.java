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

    /**
     * What the numbers were before the last changes of axes, shape and meaning.
     *
     * @param name of the tensor, or of the result that was made of several
     * @param key equal for weights of the same numbers: the stored tensor itself, or one object for each thing that is made of tensors
     * @param charged how the numbers are stored, for what they take of the file
     * @param isReal whether the numbers can be read
     * @param work how many tensors are read at most for a number
     */
    private record Origin(String name, Object key, ElementType charged, boolean isReal, int work) {}

    private final Origin origin;
    private final boolean isFloating;
    private final boolean isScaled;
    private final long[] stored;
    private final int[] order;
    private final Source source;

    private Weight(Origin origin, boolean isFloating, boolean isScaled, long[] stored, int[] order, Source source) {
        this.origin = origin;
        this.isFloating = isFloating;
        this.isScaled = isScaled;
        this.stored = stored;
        this.order = order;
        this.source = source;
    }

    static Weight of(OnnxTensor tensor, ExternalFiles files) {
        var shape = tensor.shape();
        boolean isFloating = tensor.type().isFloating();
        var type = tensor.type();
        var origin = new Origin(tensor.name(), tensor, type.stored(), type.isReal(), 1);
        return new Weight(origin, isFloating, false, shape, identity(shape.length), () -> tensor.data(files));
    }

    /**
     * What is made of the numbers of several weights, or of a part of one.
     *
     * @param key the same object whenever the same is made of the same
     * @param work at least that of each part
     */
    static Weight made(String name, Object key, List<Weight> parts, int work, long[] shape, Source source) {
        var first = parts.get(0);
        var origin = new Origin(name, key, first.charged(), parts.stream().allMatch(Weight::isReal), work);
        return new Weight(
                origin,
                parts.stream().allMatch(Weight::isFloating),
                parts.stream().anyMatch(part -> part.isScaled),
                shape,
                identity(shape.length),
                source);
    }

    Object key() {
        return origin.key;
    }

    String name() {
        return origin.name;
    }

    int work() {
        return origin.work;
    }

    /** Whether it could be a layer: two axes or more that are longer than 1. */
    boolean isMatrix() {
        return Arrays.stream(stored).filter(size -> size > 1).count() > 1;
    }

    /** How its numbers are stored, for what it takes of the file. */
    ElementType charged() {
        return origin.charged;
    }

    /** Whether these are weights: floating-point numbers, or whole ones with their scale. */
    boolean isFloating() {
        return isFloating;
    }

    /** Whether these are weights in full, not numbers that a scale is to be put to. */
    boolean isFull() {
        return isScaled || isFloating && charged().sizeBytes() > 1;
    }

    boolean isReal() {
        return origin.isReal;
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

    /** How many numbers there are, as far as a long can tell. */
    long size() {
        return Arrays.stream(stored).reduce(1, (one, other) -> one * other);
    }

    TensorData data() throws IOException {
        var numbers = source.open();
        return isInOrder() ? numbers : numbers.permuted(stored, order);
    }

    /** All axes in another order; an empty one reverses them. Returns null if it is no order of them. */
    Weight transposed(List<Long> permutation) {
        var all = permutation.isEmpty()
                ? IntStream.range(0, rank()).map(axis -> rank() - 1 - axis).toArray()
                : permutation.stream()
                        .mapToInt(axis -> (int) Math.max(-1, Math.min(rank(), axis)))
                        .toArray();
        if (!Arrays.equals(IntStream.of(all).sorted().toArray(), identity(rank()))) {
            return null;
        }
        var composed = IntStream.of(all).map(axis -> order[axis]).toArray();
        return new Weight(origin, isFloating, isScaled, stored, composed, source);
    }

    /** The matrix of the last two axes, if all others are 1; otherwise null. */
    Weight withoutFirstAxes() {
        var shape = shape();
        var matrix = Arrays.copyOfRange(shape, shape.length - 2, shape.length);
        boolean isOne = Arrays.stream(shape).limit(shape.length - 2).allMatch(size -> size == 1);
        return isOne ? reshaped(matrix) : null;
    }

    /** The same numbers in another shape. Relies on: it has as many. */
    Weight reshaped(long[] shape) {
        return new Weight(origin, isFloating, isScaled, shape, identity(shape.length), this::data);
    }

    /** Whole numbers taken for floating-point ones, scale 1. */
    Weight asFloating() {
        return new Weight(origin, isReal(), isScaled, stored, order, source);
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
        return new Weight(origin, true, true, shape, identity(shape.length), scaled);
    }

    /** The matrix that packed numbers stand for, of another shape than they have. */
    Weight unpacked(Source numbers, long... shape) {
        return new Weight(origin, true, true, shape, identity(shape.length), numbers);
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
